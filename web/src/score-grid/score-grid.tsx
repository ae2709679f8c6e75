import { memo, useCallback, useId, useRef, useState } from 'react';
import type { ClipboardEvent, FocusEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { decimalText } from '../i18n/dates.ts';
import { plainText, scoreText } from './entry.ts';
import type { GridColumn, GridRow, Texts } from './model.ts';
import { cellKey, columnTotals, entryOf, totalOf } from './model.ts';
import { cellsOfPaste, isBlock } from './paste.ts';
import { layPaste } from './pasted.ts';
import type { Place } from './pasted.ts';
import './score-grid.css';

interface Props {
  label: string;
  columns: readonly GridColumn[];
  rows: readonly GridRow[];
  texts: Texts;
  onChange: (texts: Record<string, string>) => void;
  onOutside?: (values: number) => void;
  /** Faults the server named, by cell key. */
  refused?: Readonly<Record<string, string>>;
}

const arrows: Readonly<Record<string, Place>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/** Score entry by keyboard and paste: a table of native inputs. What is out of range is flagged and kept. */
export function ScoreGrid({ label, columns, rows, texts, onChange, onOutside, refused = {} }: Props) {
  const { t } = useTranslation('sheets');
  const id = useId();
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Place | null>(null);
  const faultOf = useFault({ texts, refused });
  const [row, column] = at ? [rows[at.row], columns[at.column]] : [];
  const fault = row && column ? faultOf(row.id, column) : undefined;
  const onFocus = ({ target }: FocusEvent) => {
    const [row, column] = (target.getAttribute('data-cell') ?? '').split('/').map(Number);
    setAt(row === undefined || column === undefined ? null : { row, column });
  };
  const anyOpen = rows.some((row) => row.editable);
  const mixed = anyOpen && rows.some((row) => !row.editable);
  const focus = useCallback(
    (place: Place, step: Place) => {
      const at = { ...place };
      for (let tries = 0; tries < rows.length + columns.length; tries += 1) {
        at.row += step.row;
        at.column += step.column;
        const input = table.current?.querySelector<HTMLInputElement>(`input[data-cell="${at.row}/${at.column}"]`);
        if (!input) return;
        if (!input.readOnly || !anyOpen) return input.focus();
      }
    },
    [rows.length, columns.length, anyOpen],
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLInputElement>, place: Place) => {
      if (event.nativeEvent.isComposing) return;
      const input = event.currentTarget;
      const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
      const step = event.key === 'Enter' ? { row: event.shiftKey ? -1 : 1, column: 0 } : arrows[event.key];
      if (!step || (sideways && !atEdge(input, event.key))) return;
      event.preventDefault();
      focus(place, step);
    },
    [focus],
  );
  const onPaste = (event: ClipboardEvent<HTMLInputElement>, from: Place) => {
    const text = event.clipboardData.getData('text/plain');
    if (!isBlock(text)) return;
    event.preventDefault();
    const pasted = layPaste(cellsOfPaste(text), { from, rows, columns });
    onChange(pasted.texts);
    if (pasted.outside > 0) onOutside?.(pasted.outside);
  };
  return (
    <>
      <div className="score-grid">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of native inputs, moved through like a spreadsheet
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length}
          ref={table}
          onFocus={onFocus}
          onBlur={() => setAt(null)}
        >
          <thead>
            <tr>
              <th scope="col" className="no">
                {t('grid.no')}
              </th>
              <th scope="col" className="who">
                {t('grid.name')}
              </th>
              {columns.map((column) => (
                <th scope="col" key={column.id}>
                  {column.name}
                  <span className="quiet small">
                    {t('grid.weight', { weight: column.weight / 100, max: scoreText(column.max) })}
                  </span>
                </th>
              ))}
              <th scope="col" className="total">
                {t('grid.total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Row
                key={row.id}
                {...{ id, row, index, columns, texts, refused, mixed, onChange, onKeyDown, onPaste }}
                signature={signatureOf(row.id, columns, texts)}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t('grid.control')}
              </th>
              {columns.map((column) => (
                <td key={column.id}>
                  <Totals texts={texts} rows={rows} column={column} />
                </td>
              ))}
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="grid-fault" aria-live="polite">
        {fault && row && column && `${t('grid.cell', { name: row.name, column: column.name })}: ${fault}`}
      </p>
    </>
  );
}

/** Why a cell cannot stand: by its own text, or by what the server said. */
function useFault({ texts, refused }: { texts: Texts; refused: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('sheets');
  return (row: string, column: GridColumn): string | undefined => {
    const entry = entryOf(texts, row, column);
    return entry.kind === 'fault'
      ? t(`grid.fault.${entry.code}`, { max: scoreText(column.max) })
      : refused[cellKey(row, column.id)];
  };
}

function atEdge({ selectionStart, selectionEnd, value }: HTMLInputElement, key: string): boolean {
  const whole = selectionStart === 0 && selectionEnd === value.length;
  return whole || (key === 'ArrowLeft' ? selectionEnd === 0 : selectionStart === value.length);
}

const signatureOf = (row: string, columns: readonly GridColumn[], texts: Texts): string =>
  columns.map(({ id }) => texts[cellKey(row, id)] ?? '').join('\t');

interface RowProps extends Pick<Props, 'columns' | 'texts' | 'onChange'> {
  /** Of the grid, for the ids of what describes its cells. */
  id: string;
  row: GridRow;
  index: number;
  refused: Readonly<Record<string, string>>;
  /** Some rows may be entered and others not, so that the closed ones are shown apart. */
  mixed: boolean;
  /** The row's texts in one: only a row whose own texts changed is drawn again. */
  signature: string;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>, place: Place) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>, place: Place) => void;
}

const Row = memo(
  function Row({ id, row, index, columns, texts, refused, mixed, onChange, onKeyDown, onPaste }: RowProps) {
    const { t } = useTranslation('sheets');
    const faultOf = useFault({ texts, refused });
    return (
      <tr className={row.editable || !mixed ? undefined : 'closed'}>
        <td className="no">{row.studentNo}</td>
        <th scope="row" className="who">
          {row.name}
          {row.note && <span className="quiet small"> {row.note}</span>}
        </th>
        {columns.map((column, at) => {
          const key = cellKey(row.id, column.id);
          const entry = entryOf(texts, row.id, column);
          const fault = faultOf(row.id, column);
          const why = `${id}${index}-${at}`;
          const place = { row: index, column: at };
          return (
            <td key={column.id} className={entry.kind === 'mark' ? 'mark' : undefined}>
              <input
                data-cell={`${index}/${at}`}
                aria-label={t('grid.cell', { name: row.name, column: column.name })}
                aria-invalid={fault !== undefined}
                aria-describedby={fault === undefined ? undefined : why}
                title={fault}
                readOnly={!row.editable}
                tabIndex={row.editable || index === 0 ? 0 : -1}
                inputMode="decimal"
                autoComplete="off"
                value={texts[key] ?? ''}
                onChange={({ target }) => onChange({ [key]: target.value })}
                onBlur={({ target }) => {
                  const plain = plainText(target.value);
                  if (plain !== target.value) onChange({ [key]: plain });
                }}
                onFocus={({ target }) => target.select()}
                onKeyDown={(event) => onKeyDown(event, place)}
                onPaste={(event) => onPaste(event, place)}
              />
              {fault !== undefined && (
                <span id={why} hidden>
                  {fault}
                </span>
              )}
            </td>
          );
        })}
        <td className="total">
          <TotalText texts={texts} row={row.id} columns={columns} />
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.signature === after.signature &&
    before.row === after.row &&
    before.columns === after.columns &&
    before.refused === after.refused &&
    before.onKeyDown === after.onKeyDown,
);

export function TotalText({ texts, row, columns }: { texts: Texts; row: string; columns: readonly GridColumn[] }) {
  const { t } = useTranslation('sheets');
  const total = totalOf(texts, row, columns);
  if (total.kind === 'value') return <>{decimalText(total.value, 2)}</>;
  if (total.kind === 'waived') return <>{t('marks.waived')}</>;
  return total.kind === 'zero' ? <>0.00</> : <span className="quiet">—</span>;
}

function Totals({ texts, rows, column }: { texts: Texts; rows: readonly GridRow[]; column: GridColumn }) {
  const { t } = useTranslation('sheets');
  const { entered, marked, faults, sum } = columnTotals(texts, rows, column);
  return (
    <>
      <div>{t('grid.entered', { entered: entered + marked, of: rows.length })}</div>
      <div>{t('grid.sum', { sum: decimalText(sum, 1) })}</div>
      <div>{t('grid.mean', { mean: entered === 0 ? '—' : (sum / entered / 10).toFixed(2) })}</div>
      {faults > 0 && <div className="fault">{t('grid.faults', { count: faults })}</div>}
    </>
  );
}
