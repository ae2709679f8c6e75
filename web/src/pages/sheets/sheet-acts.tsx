import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyedAt } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { listText } from '../../i18n/list.ts';
import { readEntry, scoreText } from '../../score-grid/entry.ts';
import type { GridColumn } from '../../score-grid/model.ts';
import { byStudent } from './by-student.ts';
import type { Sheet } from './sheet-model.ts';

interface Props {
  sheet: Sheet;
  columns: readonly GridColumn[];
  /** Saves what is still being typed before the sheet is submitted. */
  flush: () => Promise<void>;
  /** Cells hold faults, so nothing can be submitted yet. */
  blocked: boolean;
  onRefused: (error: unknown) => void;
}

type Act = 'submit' | 'accept' | 'return' | 'unlock' | 'grant' | 'refuse' | 'correct';

/** What the reader may do with the sheet as it stands. */
export function SheetActs({ sheet, columns, flush, blocked, onRefused }: Props) {
  const { t } = useTranslation('sheets');
  const { message } = App.useApp();
  const may = useMay();
  const client = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const [rows, setRows] = useState<string[]>([]);
  const [correction, setCorrection] = useState({ row: '', column: '', text: '' });
  const close = () => setAct(null);
  const { state, request } = sheet;
  const edits = may('score_sheets.edit');
  const accepts = may('score_sheets.accept');
  const done = async (words: string) => {
    void message.success(words);
    setRows([]);
    await client.invalidateQueries();
  };
  // a new key and the newest version for each try
  const at = () =>
    keyedAt(client.getQueryData<Sheet>(['sheet', sheet.id])?.version ?? sheet.version, { path: { id: sheet.id } });
  const submit = async () => {
    await flush();
    try {
      await answer(api.POST('/v1/score-sheets/{id}/submit', at()));
    } catch (error) {
      onRefused(error);
      throw byStudent(error, { sheet, columns, t });
    }
    await done(t('submitted', { count: sheet.rows.length }));
  };
  const accept = async () => {
    await answer(api.POST('/v1/score-sheets/{id}/accept', at()));
    await done(t('accepted'));
  };
  const giveBack = async (reason: string) => {
    await answer(api.POST('/v1/score-sheets/{id}/return', { ...at(), body: { reason } }));
    await done(t('returned'));
  };
  const unlock = async (reason: string) => {
    await answer(api.POST('/v1/score-sheets/{id}/unlock-requests', { ...at(), body: { rows, reason } }));
    await done(t('unlockAsked'));
  };
  const decide = async (given: 'approved' | 'refused', reason: string) => {
    await answer(
      api.POST('/v1/score-sheets/{id}/unlock-decisions', {
        ...at(),
        body: { answer: given, ...(reason && { reason }) },
      }),
    );
    await done(t('unlockDecided'));
  };
  const column = columns.find(({ id }) => id === correction.column);
  const entry = column ? readEntry(correction.text, column.max) : null;
  const correct = async (reason: string) => {
    if (!column || !entry) return;
    const value = entry.kind === 'score' ? entry.value : null;
    const mark = entry.kind === 'mark' ? entry.mark : null;
    await answer(
      api.POST('/v1/score-sheets/{id}/corrections', {
        ...at(),
        body: { enrolmentId: correction.row, componentId: column.id, value, mark, reason },
      }),
    );
    setCorrection({ row: '', column: '', text: '' });
    await done(t('corrected'));
  };
  const students = sheet.rows.map(({ enrolmentId, name, studentNo }) => ({
    value: enrolmentId,
    label: `${name} ${studentNo}`,
  }));
  const printable = state === 'submitted' || state === 'locked' || state === 'archived';
  const fault =
    entry?.kind === 'fault' && column ? t(`grid.fault.${entry.code}`, { max: scoreText(column.max) }) : null;
  return (
    <>
      {printable && may('score_sheets.print') && (
        <Button href={`/v1/score-sheets/${sheet.id}/print`} target="_blank">
          {t('print')}
        </Button>
      )}
      {(state === 'locked' || state === 'archived') && may('scores.correct') && columns[0]?.id !== 'total' && (
        <Button onClick={() => setAct('correct')}>{t('correct')}</Button>
      )}
      {state === 'locked' && edits && !request && <Button onClick={() => setAct('unlock')}>{t('unlock')}</Button>}
      {request && accepts && (
        <>
          <Button onClick={() => setAct('refuse')}>{t('unlockRefuse')}</Button>
          <Button type="primary" onClick={() => setAct('grant')}>
            {t('unlockGrant')}
          </Button>
        </>
      )}
      {state === 'submitted' && accepts && (
        <>
          <Button onClick={() => setAct('return')}>{t('return')}</Button>
          <Button type="primary" onClick={() => setAct('accept')}>
            {t('accept')}
          </Button>
        </>
      )}
      {sheet.open !== 'none' && edits && (
        <Button type="primary" disabled={blocked} onClick={() => setAct('submit')}>
          {t('submit')}
        </Button>
      )}
      <ActDialog
        open={act === 'submit'}
        title={t('submitAsk', { count: sheet.rows.length, course: sheet.course.name })}
        explain={t('submitExplain')}
        confirm={t('submit')}
        act={submit}
        onClose={close}
      />
      <ActDialog
        open={act === 'accept'}
        title={t('acceptAsk', { course: sheet.course.name, class: sheet.class?.name ?? '' })}
        explain={t('acceptExplain', { count: sheet.rows.length, absent: absentees(sheet) })}
        confirm={t('accept')}
        act={accept}
        onClose={close}
      />
      <ActDialog
        open={act === 'return'}
        title={t('returnAsk')}
        explain={t('returnExplain')}
        confirm={t('return')}
        reasoned
        act={giveBack}
        onClose={close}
      />
      <ActDialog
        open={act === 'unlock'}
        title={t('unlockAsk')}
        explain={t('unlockExplain')}
        confirm={t('unlock')}
        reasoned
        disabled={rows.length === 0}
        act={unlock}
        onClose={close}
      >
        <fieldset style={{ border: 0, padding: 0, margin: 0, maxHeight: 220, overflow: 'auto' }}>
          <legend className="quiet">{t('unlockRows')}</legend>
          <Checkbox.Group
            value={rows}
            onChange={(chosen) => setRows(chosen as string[])}
            options={students}
            style={{ display: 'grid', gap: 4 }}
          />
        </fieldset>
      </ActDialog>
      <ActDialog
        open={act === 'grant'}
        title={t('unlockGrant')}
        confirm={t('unlockGrant')}
        act={() => decide('approved', '')}
        onClose={close}
      >
        <RequestNote sheet={sheet} />
      </ActDialog>
      <ActDialog
        open={act === 'refuse'}
        title={t('unlockRefuse')}
        confirm={t('unlockRefuse')}
        danger
        reasoned
        act={(reason) => decide('refused', reason)}
        onClose={close}
      >
        <RequestNote sheet={sheet} />
      </ActDialog>
      <ActDialog
        open={act === 'correct'}
        title={t('correctAsk')}
        explain={t('correctExplain')}
        confirm={t('correct')}
        reasoned
        disabled={!correction.row || !entry || entry.kind === 'empty' || fault !== null}
        act={correct}
        onClose={close}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('field.student')}
          placeholder={t('field.student')}
          options={students}
          value={correction.row || null}
          onChange={(row) => setCorrection({ ...correction, row })}
        />
        <Select
          aria-label={t('field.component')}
          placeholder={t('field.component')}
          options={columns.map(({ id, name }) => ({ value: id, label: name }))}
          value={correction.column || null}
          onChange={(id) => setCorrection({ ...correction, column: id })}
        />
        <Input
          aria-label={t('field.value')}
          placeholder={t('field.value')}
          value={correction.text}
          {...(fault && { status: 'error' as const })}
          onChange={({ target }) => setCorrection({ ...correction, text: target.value })}
        />
        {fault && <span style={{ color: 'var(--refused)' }}>{fault}</span>}
      </ActDialog>
    </>
  );
}

const absentees = ({ rows }: Sheet): number =>
  rows.filter(({ cells }) => cells.some(({ mark }) => mark === 'absent')).length;

function RequestNote({ sheet: { request, rows } }: { sheet: Sheet }) {
  const { t } = useTranslation('sheets');
  if (!request) return null;
  const names = rows.filter(({ enrolmentId }) => request.rows.includes(enrolmentId)).map(({ name }) => name);
  return (
    <Alert
      type="info"
      title={t('unlockRequested', { name: request.by?.name ?? '', count: names.length, reason: request.reason ?? '' })}
      description={listText(names)}
    />
  );
}
