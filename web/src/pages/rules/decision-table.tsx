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

export function DecisionTable({ table, document }: { table: Table; document: unknown }) {
  const { t } = useTranslation('rules');
  const say = useText();
  const { facts = {}, decision } = document as Document;
  const paramTitle = (name: string) =>
    Object.values(decision?.outcomes ?? {})
      .map((outcome) => outcome.params?.[name]?.title)
      .find((title) => title !== undefined);
  const titleOf = ({ kind, fact = '', param = '', condition = '' }: Column): string => {
    if (kind === 'outcome') return t('consequence');
    if (kind === 'citation') return t('articles');
    const title = kind === 'fact' ? facts[fact]?.title : kind === 'param' ? paramTitle(param) : undefined;
    return title ? say(title) : fact || param || condition;
  };
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
