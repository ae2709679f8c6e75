import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, App } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, Refused } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { LeaveGuard } from '../../components/leave-guard.tsx';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { dateText } from '../../i18n/dates.ts';
import { faultCells, firstFault, missingRows } from '../../score-grid/model.ts';
import { ScoreGrid } from '../../score-grid/score-grid.tsx';
import { StudentCards } from '../../score-grid/student-cards.tsx';
import { refusedCells } from './by-student.ts';
import { DraftState } from './draft-state.tsx';
import { SheetActs } from './sheet-acts.tsx';
import { SheetHistory } from './sheet-history.tsx';
import { columnsOf, rowsOf } from './sheet-model.ts';
import type { Sheet } from './sheet-model.ts';
import { SheetStateTag } from './sheet-state-tag.tsx';
import { useDraft } from './use-draft.ts';

export function SheetPage() {
  const { sheetId: id } = useParams({ from: '/frame/score-sheets/$sheetId' });
  const query = useQuery({
    queryKey: ['sheet', id],
    queryFn: () => answer(api.GET('/v1/score-sheets/{id}', { params: { path: { id } } })),
  });
  return <OnePage query={query}>{(sheet) => <OpenSheet key={id} sheet={sheet} />}</OnePage>;
}

function OpenSheet({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('sheets');
  const { message } = App.useApp();
  const may = useMay();
  const narrow = useNarrow();
  const [refused, setRefused] = useState<Record<string, string>>({});
  const mayEdit = may('score_sheets.edit') && sheet.open !== 'none';
  const columns = useMemo(() => columnsOf(sheet, t('importedTotal')), [sheet, t]);
  const rows = useMemo(() => rowsOf(sheet, mayEdit), [sheet, mayEdit]);
  const draft = useDraft(sheet, columns);
  const editable = rows.filter((row) => row.editable);
  const missing = missingRows(draft.texts, editable, columns);
  const faults = faultCells(draft.texts, rows, columns);
  const change = (texts: Record<string, string>) => {
    setRefused((was) => Object.fromEntries(Object.entries(was).filter(([key]) => !(key in texts))));
    draft.change(texts);
  };
  const onRefused = (error: unknown) => {
    if (error instanceof Refused) setRefused(refusedCells(error));
  };
  return (
    <>
      <PageHeader
        title={
          <>
            {sheet.course.name}{' '}
            <span className="quiet" style={{ fontWeight: 400 }}>
              {sheet.class?.name ?? ''}
            </span>
          </>
        }
        lede={<SheetLine sheet={sheet} />}
        actions={
          <SheetActs sheet={sheet} columns={columns} flush={draft.flush} blocked={faults > 0} onRefused={onRefused} />
        }
      />
      {sheet.reason && mayEdit && (
        <Alert
          type="warning"
          showIcon
          title={t('reasonGiven', { reason: sheet.reason })}
          style={{ marginBottom: 12 }}
        />
      )}
      {Array.isArray(sheet.open) && mayEdit && (
        <Alert type="info" showIcon title={t('openRows', { count: sheet.open.length })} style={{ marginBottom: 12 }} />
      )}
      {mayEdit && (
        <DraftState draft={draft} missing={missing} faults={faults} first={firstFault(draft.texts, rows, columns)} />
      )}
      {narrow && mayEdit ? (
        <StudentCards columns={columns} rows={editable} texts={draft.texts} onChange={change} />
      ) : (
        <ScoreGrid
          label={`${sheet.course.name} ${sheet.class?.name ?? ''}`}
          columns={columns}
          rows={rows}
          texts={draft.texts}
          onChange={change}
          refused={refused}
          onOutside={(count) => void message.warning(t('outside', { count }))}
        />
      )}
      {mayEdit && !narrow && (
        <p className="quiet small" style={{ marginTop: 8 }}>
          {t('hint')}
        </p>
      )}
      <LeaveGuard active={draft.held} settle={draft.settle} words={t('leave')} />
      <SheetHistory events={sheet.events} />
    </>
  );
}

function SheetLine({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('sheets');
  const last = sheet.events.at(-1)?.kind;
  const line = sheet.request
    ? 'unlock_requested'
    : sheet.state === 'draft' && (last === 'returned' || last === 'unlocked')
      ? last
      : sheet.state;
  const words = { who: sheet.teacher?.name ?? t('someTeacher'), date: dateText(sheet.dueOn) };
  return (
    <span className="row">
      <SheetStateTag state={sheet.state} />
      <span>{t(`state_line.${line}`, words)}</span>
      {sheet.overdue && <strong style={{ color: 'var(--refused)' }}>{t('overdue')}</strong>}
      <span className="small">
        {sheet.term.code} · {sheet.attempt > 1 ? t('attempt.later', { count: sheet.attempt }) : t('attempt.first')} ·{' '}
        {t('students', { count: sheet.rows.length })}
      </span>
    </span>
  );
}
