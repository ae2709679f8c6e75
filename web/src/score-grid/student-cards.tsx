import { Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { marks, plainText, scoreText } from './entry.ts';
import type { GridColumn, GridRow, Texts } from './model.ts';
import { cellKey, entryOf } from './model.ts';
import { TotalText } from './score-grid.tsx';
import './score-grid.css';

interface Props {
  columns: readonly GridColumn[];
  rows: readonly GridRow[];
  texts: Texts;
  onChange: (texts: Record<string, string>) => void;
}

/** The same sheet on a phone: one student at a time, one thumb. */
export function StudentCards({ columns, rows, texts, onChange }: Props) {
  const { t } = useTranslation('sheets');
  const [at, setAt] = useState(0);
  const row = rows[Math.min(at, rows.length - 1)];
  if (!row) return null;
  const done = rows.filter(({ id }) => columns.every((column) => entryOf(texts, id, column).kind !== 'empty')).length;
  const nextOpen = rows.findIndex(
    (other, index) => index > at && columns.some((column) => entryOf(texts, other.id, column).kind === 'empty'),
  );
  return (
    <div className="stack">
      <Progress
        percent={Math.round((done / rows.length) * 100)}
        size="small"
        format={() => `${done}/${rows.length}`}
        aria-label={t('grid.done')}
      />
      <section className="student-card" aria-label={row.name}>
        <h2>
          {row.name} <span className="quiet small">{row.studentNo}</span>
        </h2>
        {columns.map((column) => (
          <CardField key={`${row.id}/${column.id}`} {...{ row, column, texts, onChange }} />
        ))}
        <p style={{ marginTop: 12, textAlign: 'right' }}>
          {t('grid.total')}{' '}
          <strong>
            <TotalText texts={texts} row={row.id} columns={columns} />
          </strong>
        </p>
      </section>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 8 }}>
        <Button size="large" disabled={at === 0} onClick={() => setAt(at - 1)}>
          {t('grid.previous')}
        </Button>
        <Button size="large" type="primary" disabled={at >= rows.length - 1} onClick={() => setAt(at + 1)}>
          {t('grid.next')}
        </Button>
      </div>
      {nextOpen > 0 && (
        <Button type="link" onClick={() => setAt(nextOpen)}>
          {t('grid.nextOpen')}
        </Button>
      )}
    </div>
  );
}

function CardField({
  row,
  column,
  texts,
  onChange,
}: Omit<Props, 'columns' | 'rows'> & { row: GridRow; column: GridColumn }) {
  const { t } = useTranslation('sheets');
  const key = cellKey(row.id, column.id);
  const entry = entryOf(texts, row.id, column);
  const label = t('grid.cell', { name: row.name, column: column.name });
  return (
    <label>
      <span>
        {column.name}{' '}
        <span className="quiet small">
          {t('grid.weight', { weight: column.weight / 100, max: scoreText(column.max) })}
        </span>
      </span>
      <input
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={entry.kind === 'fault'}
        readOnly={!row.editable}
        value={entry.kind === 'mark' ? '' : (texts[key] ?? '')}
        onChange={({ target }) => onChange({ [key]: target.value })}
        onBlur={({ target }) => target.value !== '' && onChange({ [key]: plainText(target.value) })}
      />
      <select
        aria-label={t('grid.markOf', { name: row.name, column: column.name })}
        disabled={!row.editable}
        value={entry.kind === 'mark' ? entry.mark : ''}
        onChange={({ target }) => {
          const mark = marks.find((one) => one === target.value);
          onChange({ [key]: mark ? t(`marks.${mark}`) : '' });
        }}
      >
        <option value="">{t('grid.noMark')}</option>
        {marks.map((mark) => (
          <option key={mark} value={mark}>
            {t(`marks.${mark}`)}
          </option>
        ))}
      </select>
      {entry.kind === 'fault' && (
        <span className="fault">{t(`grid.fault.${entry.code}`, { max: scoreText(column.max) })}</span>
      )}
    </label>
  );
}
