import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { Listing } from '../../components/listing.tsx';
import type { Batch } from './kinds.ts';
import { useRowValue } from './row-values.ts';

/** The rows as a commit writes them: what is shown is what is written. */
export function RowsTable({ batch }: { batch: Batch }) {
  const { t } = useTranslation('imports');
  const shown = useRowValue();
  const list = usePages(['import', batch.id, 'rows'], (after?: number) =>
    answer(
      api.GET('/v1/imports/{id}/rows', {
        params: {
          path: { id: batch.id },
          query: { faulty: 'false', limit: 100, ...(after !== undefined && { after }) },
        },
      }),
    ),
  );
  if (batch.rows === 0) return null;
  const inFileOrder = Object.keys(batch.report.places).sort(
    (a, b) => columnIndex(batch.report.places[a] ?? '') - columnIndex(batch.report.places[b] ?? ''),
  );
  const keys = inFileOrder.filter((key) =>
    list.items.some(({ values }) => values?.[key] !== undefined && values[key] !== null),
  );
  const titleOf = (key: string) => batch.report.headers[columnIndex(batch.report.places[key] ?? '')] ?? key;
  return (
    <section className="stack">
      <h2>
        {t('batch.rows')} <span className="quiet">{batch.rows}</span>
      </h2>
      <Listing query={list} empty={t('batch.nothing')}>
        <table className="dense">
          <thead>
            <tr>
              <th scope="col">{t('batch.faultColumn.row')}</th>
              {keys.map((key) => (
                <th key={key} scope="col">
                  {titleOf(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((row) => (
              <tr key={row.ordinal}>
                <td className="quiet">{row.row}</td>
                {keys.map((key) => (
                  <td key={key} className="nowrap">
                    {shown(key, row.values?.[key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
    </section>
  );
}

/** A → 0, Z → 25, AA → 26. */
export function columnIndex(letters: string): number {
  return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
