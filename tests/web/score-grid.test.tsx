import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startWords } from '../../web/src/i18n/index.ts';
import type { GridColumn, GridRow } from '../../web/src/score-grid/model.ts';
import { ScoreGrid } from '../../web/src/score-grid/score-grid.tsx';

const columns: GridColumn[] = [
  { id: 'process', name: '平时', weight: 4000, max: 1000 },
  { id: 'final', name: '期末', weight: 6000, max: 1000 },
];
const rows: GridRow[] = ['赵', '钱', '孙'].map((name, index) => ({
  id: `r${index}`,
  studentNo: `00${index}`,
  name,
  editable: index !== 1,
}));

beforeAll(startWords);
afterEach(cleanup);

function Grid({ onOutside }: { onOutside?: (values: number) => void }) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  return (
    <ScoreGrid
      label="成绩"
      columns={columns}
      rows={rows}
      texts={texts}
      onChange={(some) => setTexts((was) => ({ ...was, ...some }))}
      {...(onOutside && { onOutside })}
    />
  );
}

const cell = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

test('Enter goes to the next row that may be entered, Shift+Enter back', () => {
  render(<Grid />);
  cell('赵 平时').focus();
  fireEvent.keyDown(cell('赵 平时'), { key: 'Enter' });
  expect(document.activeElement).toBe(cell('孙 平时'));
  fireEvent.keyDown(cell('孙 平时'), { key: 'Enter', shiftKey: true });
  expect(document.activeElement).toBe(cell('赵 平时'));
});

test('a key that belongs to composing Chinese does not move', () => {
  render(<Grid />);
  cell('赵 平时').focus();
  fireEvent.keyDown(cell('赵 平时'), { key: 'Enter', isComposing: true });
  expect(document.activeElement).toBe(cell('赵 平时'));
});

test('a value out of range is kept and flagged with its reason', () => {
  render(<Grid />);
  fireEvent.change(cell('赵 平时'), { target: { value: '105' } });
  expect(cell('赵 平时').value).toBe('105');
  expect(cell('赵 平时').getAttribute('aria-invalid')).toBe('true');
  expect(cell('赵 平时').title).toContain('100');
});

test('the reason of a faulty cell is read with the cell, and stands below the grid while the cell has the focus', () => {
  render(<Grid />);
  fireEvent.change(cell('赵 平时'), { target: { value: '105' } });
  const described = document.getElementById(cell('赵 平时').getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toContain('100');
  const line = document.querySelector('.grid-fault');
  fireEvent.focus(cell('赵 平时'));
  expect(line?.textContent).toContain('赵 平时');
  expect(line?.textContent).toContain('100');
  fireEvent.focus(cell('赵 期末'));
  expect(line?.textContent).toBe('');
});

test('full-width digits become plain ones when the cell is left', () => {
  render(<Grid />);
  fireEvent.change(cell('赵 平时'), { target: { value: '８５' } });
  fireEvent.blur(cell('赵 平时'));
  expect(cell('赵 平时').value).toBe('85');
});

test('a row shows its weighted total once it is whole', () => {
  render(<Grid />);
  fireEvent.change(cell('赵 平时'), { target: { value: '80' } });
  fireEvent.change(cell('赵 期末'), { target: { value: '90' } });
  expect(screen.getByText('86.00')).toBeTruthy();
});

test('a pasted block fills cells, leaves closed rows alone and counts what found no place', () => {
  const outside: number[] = [];
  render(<Grid onOutside={(values) => outside.push(values)} />);
  const paste = createEvent.paste(cell('赵 平时'), {
    clipboardData: { getData: () => '80\t90\r\n70\t60\r\n50\t缺考\r\n' },
  });
  fireEvent(cell('赵 平时'), paste);
  expect(paste.defaultPrevented).toBe(true);
  expect([cell('赵 平时').value, cell('赵 期末').value, cell('钱 平时').value, cell('孙 期末').value]).toEqual([
    '80',
    '90',
    '',
    '缺考',
  ]);
  expect(outside).toEqual([2]);
});
