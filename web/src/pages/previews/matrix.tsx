import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ScrollFrame } from '../../components/scroll-frame.tsx';

interface Props<K extends string> {
  rows: readonly K[];
  columns: readonly K[];
  corner: string;
  name: (key: K) => ReactNode;
  count: (row: K, column: K) => number;
  /** What of the list a cell stands for; a cell that changes nothing leads nowhere. */
  search?: (row: K, column: K) => { from: string; to: string };
}

/** From what to what; rows and columns with nothing in them are left out. */
export function Matrix<K extends string>({ rows, columns, corner, name, count, search }: Props<K>) {
  const usedRows = rows.filter((row) => columns.some((column) => count(row, column) > 0));
  const usedColumns = columns.filter((column) => rows.some((row) => count(row, column) > 0));
  return (
    <ScrollFrame style={{ width: 'fit-content', maxWidth: '100%' }}>
      <table className="dense preview-matrix">
        <thead>
          <tr>
            <th scope="col" className="quiet small">
              {corner}
            </th>
            {usedColumns.map((column) => (
              <th scope="col" className="num" key={column}>
                {name(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {usedRows.map((row) => (
            <tr key={row}>
              <th scope="row">{name(row)}</th>
              {usedColumns.map((column) => (
                <td className={row === column ? 'num quiet' : 'num'} key={column}>
                  <Cell count={count(row, column)} to={row === column ? undefined : search?.(row, column)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Cell({ count, to }: { count: number; to: { from: string; to: string } | undefined }) {
  if (count === 0 || to === undefined) return <>{count === 0 ? '' : count}</>;
  return (
    <Link from="/previews/$previewId" to="." search={{ tab: 'students', ...to }}>
      <strong>{count}</strong>
    </Link>
  );
}
