import { Button, Dropdown } from 'antd';
import { memo, useId, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../../components/use-text.ts';
import { cellWords } from '../../../i18n/cell-words.ts';
import { currentLanguage } from '../../../i18n/index.ts';
import type { RuleDocument, Table, TableColumn, TableRow } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';
import { addRow, alikeRows, moveRow, removeRow, setCells, tidyCell } from '../../../rules-editor/table-edit.ts';
import { cellsOfPaste, isBlock } from '../../../score-grid/paste.ts';
import { columnTitle } from '../decision-table.tsx';
import type { DocumentFault, Finding, Marks } from './marks.ts';
import { Mark } from './rule-list.tsx';

interface Props {
  doc: RuleDocument;
  table: Table;
  chosen: string | undefined;
  marks: Marks;
  gaps: readonly Finding[];
  edit: ((edit: Edit) => void) | null;
  onChoose: (rule: string) => void;
  onFill: (finding: Finding) => void;
}

interface Changed {
  row: number;
  column: number;
  from: string;
  to: string;
}

/** A decision table as a grid of native inputs: keyboard and paste as in the score sheet, findings beside the row, gaps below. */
export function TableGrid({ doc, table, chosen, marks, gaps, edit, onChoose, onFill }: Props) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  const id = useId();
  const grid = useRef<HTMLTableElement>(null);
  const [changed, setChanged] = useState<Changed | null>(null);
  const [outside, setOutside] = useState(0);
  const [at, setAt] = useState<string | null>(null);
  const titleOf = columnTitle(doc, { say, outcome: t('outcome'), citation: t('citation') });
  const focus = (row: number, column: number): boolean => {
    const input = grid.current?.querySelector<HTMLInputElement>(`input[data-cell="${row}/${column}"]`);
    input?.focus();
    return input !== null && input !== undefined;
  };
  const commit = (row: number, column: number, text: string) => {
    const from = table.rows[row]?.cells[column] ?? '';
    const into = table.columns[column];
    if (!edit || !into || text === from) return;
    const to = tidyCell(text, into, doc);
    if (to === from) return;
    edit(setCells({ [`${row}/${column}`]: text }));
    setChanged({ row, column, from, to });
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>, row: number, column: number) => {
    const text = event.clipboardData.getData('text/plain');
    if (!edit || !isBlock(text)) return;
    event.preventDefault();
    const cells: Record<string, string> = {};
    let lost = 0;
    for (const [r, line] of cellsOfPaste(text).entries())
      for (const [c, cell] of line.entries())
        if (table.rows[row + r] && table.columns[column + c]) cells[`${row + r}/${column + c}`] = cell;
        else if (cell.trim() !== '') lost += 1;
    edit(setCells(cells));
    setOutside(lost);
    setChanged(null);
  };
  const answerAt = table.columns.findIndex(({ kind }) => kind === 'outcome');
  const alike = changed ? alikeRows(table, changed.column, changed.from) : [];
  const fault = at === null ? undefined : marks.cells[at];
  return (
    <section aria-label={t('table')}>
      <div className="rule-grid">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of native inputs, moved through like a spreadsheet
          role="grid"
          aria-label={t('table')}
          ref={grid}
          onFocus={({ target }) => setAt(target.getAttribute('data-cell'))}
        >
          <thead>
            <tr>
              <th scope="col" className="who">
                {t('row')}
              </th>
              {table.columns.map((column, index) => (
                <th scope="col" key={`${column.kind} ${keyOf(column)}`} className={`of-${column.kind}`}>
                  {titleOf(column) || index}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <GridRow
                key={row.name}
                {...{ id, row, index, doc, edit, onChoose, onPaste, commit, focus }}
                last={index === table.rows.length - 1}
                isChosen={row.name === chosen}
                mark={marks.byRule[row.name]}
                faults={marks.cells}
                columns={table.columns}
                titleOf={titleOf}
              />
            ))}
            {gaps.slice(0, MOST_GAPS).map((gap) => (
              <tr key={gap.name} className="gap-row">
                <th scope="row" className="who">
                  <Mark mark={gap.severity} />
                </th>
                {table.columns.map((column, index) => (
                  <td key={`${column.kind} ${keyOf(column)}`}>
                    {column.kind === 'fact' ? regionWords(gap, column.fact, say) : index === answerAt && t('gapRow')}
                    {index === answerAt && edit && (
                      <Button size="small" type="link" onClick={() => onFill(gap)}>
                        {t('addRowFor')}
                      </Button>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.columns.map((column, index) => {
        const choices = choicesOf(doc, column);
        return (
          choices && (
            <datalist id={`${id}-${index}`} key={`${column.kind} ${keyOf(column)}`}>
              {choices.map((choice) => (
                <option key={choice} value={choice} />
              ))}
            </datalist>
          )
        );
      })}
      <div className="grid-foot" aria-live="polite">
        {fault ? (
          <span style={{ color: 'var(--refused)' }}>{fault.text ? say(fault.text) : fault.code}</span>
        ) : changed && alike.length > 0 ? (
          <span className="row">
            {t('alike', { count: alike.length, from: changed.from })}
            <Button
              size="small"
              type="primary"
              onClick={() => {
                edit?.(setCells(Object.fromEntries(alike.map((row) => [`${row}/${changed.column}`, changed.to]))));
                setChanged(null);
              }}
            >
              {t('alikeDo', { to: changed.to })}
            </Button>
            <Button size="small" onClick={() => setChanged(null)}>
              {t('alikeNot')}
            </Button>
          </span>
        ) : outside > 0 ? (
          <span>{t('pasted', { count: outside })}</span>
        ) : (
          <span className="quiet small">{t('cellHint')}</span>
        )}
      </div>
    </section>
  );
}

const MOST_GAPS = 8;

/** What a gap says of one fact, set in that fact's column. */
function regionWords({ regions }: Finding, fact: string, say: ReturnType<typeof useText>): string {
  const words = regions[0]?.facts.find((one) => one.fact === fact)?.words;
  return words ? say(words).trim() : cellWords.any;
}

const keyOf = (column: TableColumn): string =>
  column.kind === 'fact'
    ? column.fact
    : column.kind === 'param'
      ? column.param
      : column.kind === 'reference'
        ? column.condition
        : '';

/** Words a cell of this column may be, for the list that opens as one types. */
function choicesOf({ facts, decision }: RuleDocument, column: TableColumn): string[] | null {
  const language = currentLanguage();
  if (column.kind === 'reference') return [cellWords.yes, cellWords.no, cellWords.any];
  if (column.kind === 'outcome')
    return Object.values(decision.outcomes).map((outcome) => outcome?.title[language] ?? '');
  const typed =
    column.kind === 'fact'
      ? facts[column.fact]
      : column.kind === 'param'
        ? Object.values(decision.outcomes)
            .map((outcome) => outcome?.params?.[column.param])
            .find((one) => one !== undefined)
        : undefined;
  if (typed?.type === 'boolean') return [cellWords.yes, cellWords.no, cellWords.any];
  if (typed?.type !== 'enum') return null;
  const values = typed.values ?? Object.keys(typed.titles ?? {});
  return [...values.map((value) => typed.titles?.[value]?.['zh-CN'] ?? value), cellWords.any];
}

interface RowProps {
  id: string;
  doc: RuleDocument;
  row: TableRow;
  index: number;
  last: boolean;
  columns: readonly TableColumn[];
  isChosen: boolean;
  mark: Marks['byRule'][string] | undefined;
  faults: Readonly<Record<string, DocumentFault>>;
  edit: ((edit: Edit) => void) | null;
  titleOf: (column: TableColumn) => string;
  onChoose: (rule: string) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>, row: number, column: number) => void;
  commit: (row: number, column: number, text: string) => void;
  focus: (row: number, column: number) => boolean;
}

/** Drawn again only when its own cells, faults or mark have changed. */
const GridRow = memo(
  function GridRow(props: RowProps) {
    const { id, row, index, last, columns, isChosen, mark, faults, edit, titleOf, onChoose, onPaste, commit, focus } =
      props;
    const { t } = useTranslation('ruleEditor');
    const menu = {
      items: [
        { key: 'add', label: t('addRule') },
        { key: 'up', label: t('moveUp'), disabled: index === 0 },
        { key: 'down', label: t('moveDown'), disabled: last },
        { key: 'remove', label: t('removeRule'), danger: true, disabled: index === 0 && last },
      ],
      onClick: ({ key }: { key: string }) => {
        if (key === 'add') edit?.(addRow(index));
        else if (key === 'remove') edit?.(removeRow(index));
        else edit?.(moveRow(index, key === 'up' ? -1 : 1));
      },
    };
    return (
      <tr aria-selected={isChosen} className={mark ? `row-${mark}` : undefined}>
        <th scope="row" className="who">
          <button type="button" className="plain-button" onClick={() => onChoose(row.name)}>
            <code>{row.name}</code> <Mark mark={mark} />
          </button>
          {edit && (
            <Dropdown menu={menu} trigger={['click']}>
              <Button size="small" type="text" aria-label={`${t('rowMenu')} ${row.name}`}>
                ⋯
              </Button>
            </Dropdown>
          )}
        </th>
        {columns.map((column, c) => (
          <td key={`${column.kind} ${keyOf(column)}`}>
            <CellInput
              place={`${index}/${c}`}
              label={`${row.name} ${titleOf(column)}`}
              list={`${id}-${c}`}
              text={row.cells[c] ?? ''}
              invalid={faults[`${index}/${c}`] !== undefined}
              readOnly={edit === null}
              onCommit={(text) => commit(index, c, text)}
              onMove={(down, across) => focus(index + down, c + across)}
              onFocus={() => onChoose(row.name)}
              onPaste={(event) => onPaste(event, index, c)}
            />
          </td>
        ))}
      </tr>
    );
  },
  (was, is) =>
    was.row === is.row &&
    was.index === is.index &&
    was.last === is.last &&
    was.isChosen === is.isChosen &&
    was.mark === is.mark &&
    was.edit === is.edit &&
    was.doc === is.doc &&
    was.faults === is.faults,
);

interface CellProps {
  place: string;
  label: string;
  list: string;
  text: string;
  invalid: boolean;
  readOnly: boolean;
  onCommit: (text: string) => void;
  onMove: (down: number, across: number) => boolean;
  onFocus: () => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** What is typed goes into the document when the cell is left, so that half a word is never a fault. */
function CellInput({ place, label, list, text, invalid, readOnly, onCommit, onMove, onFocus, onPaste }: CellProps) {
  const [typing, setTyping] = useState<string | null>(null);
  const done = () => {
    if (typing !== null) onCommit(typing);
    setTyping(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') return setTyping(null);
    const input = event.currentTarget;
    const step = event.key === 'Enter' ? ([event.shiftKey ? -1 : 1, 0] as const) : steps[event.key];
    if (
      !step ||
      (step[1] !== 0 && !atEdge(input, step[1])) ||
      (step[0] !== 0 && event.key !== 'Enter' && typing !== null)
    )
      return;
    event.preventDefault();
    if (!onMove(step[0], step[1])) done();
  };
  return (
    <input
      data-cell={place}
      aria-label={label}
      aria-invalid={invalid}
      autoComplete="off"
      readOnly={readOnly}
      list={typing === null ? undefined : list}
      value={typing ?? text}
      title={text}
      onFocus={(event) => {
        event.currentTarget.select();
        onFocus();
      }}
      onChange={({ target }) => setTyping(target.value)}
      onBlur={done}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  );
}

function atEdge({ selectionStart, selectionEnd, value }: HTMLInputElement, across: number): boolean {
  const whole = selectionStart === 0 && selectionEnd === value.length;
  return whole || (across < 0 ? selectionEnd === 0 : selectionStart === value.length);
}
