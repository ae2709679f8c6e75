import { useTranslation } from 'react-i18next';
import { useText } from '../../components/use-text.ts';
import type { Text } from '../../components/use-text.ts';
import '../../components/verdict.css';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

interface Column {
  kind: 'fact' | 'reference' | 'outcome' | 'param' | 'citation';
  fact?: string;
  param?: string;
  condition?: string;
}

export interface Table {
  columns: Column[];
  rows: { name: string; cells: string[] }[];
}

interface Document {
  table?: Table;
  facts?: Record<string, { title?: Text }>;
  decision?: { outcomes?: Record<string, { params?: Record<string, { title?: Text }> }> };
}

/** The table a document was compiled from; null where it has none. */
export function tableOf(document: unknown): Table | null {
  return (document as Document).table ?? null;
}

interface Words {
  say: (text: Text) => string;
  outcome: string;
  citation: string;
}

/** What a column is called: its fact, its particular of the answer, or what it holds. */
export function columnTitle(document: unknown, { say, outcome, citation }: Words): (column: Column) => string {
  const { facts = {}, decision } = document as Document;
  const paramTitle = (name: string) =>
    Object.values(decision?.outcomes ?? {})
      .map((one) => one.params?.[name]?.title)
      .find((title) => title !== undefined);
  return ({ kind, fact = '', param = '', condition = '' }) => {
    if (kind === 'outcome') return outcome;
    if (kind === 'citation') return citation;
    const title = kind === 'fact' ? facts[fact]?.title : kind === 'param' ? paramTitle(param) : undefined;
    return title ? say(title) : fact || param || condition;
  };
}

export function DecisionTable({ table, document }: { table: Table; document: unknown }) {
  const { t } = useTranslation('rules');
  const say = useText();
  const titleOf = columnTitle(document, { say, outcome: t('consequence'), citation: t('articles') });
  return (
    <ScrollFrame style={{ maxHeight: '70vh' }}>
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">{t('row')}</th>
            {table.columns.map((column, index) => (
              <th key={`${column.kind} ${column.fact ?? column.param ?? index}`} scope="col">
                {titleOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row" className="quiet nowrap">
                {row.name}
              </th>
              {row.cells.map((cell, index) => (
                // cells stand in the order of the columns
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
