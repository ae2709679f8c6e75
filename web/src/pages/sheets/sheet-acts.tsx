import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { listText } from '../../i18n/list.ts';
import type { GridColumn } from '../../score-grid/model.ts';
import { byStudent } from './by-student.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { ResitDialog } from './resit-dialog.tsx';
import { SheetMenu } from './sheet-menu.tsx';
import type { MenuAct } from './sheet-menu.tsx';
import type { Sheet } from './sheet-model.ts';
import { UnlockDialog } from './unlock-dialog.tsx';
import { useSheetCall } from './use-sheet-call.ts';

interface Props {
  sheet: Sheet;
  columns: readonly GridColumn[];
  /** Saves what is still being typed before the sheet is submitted. */
  flush: () => Promise<void>;
  /** Cells hold faults, so nothing can be submitted yet. */
  blocked: boolean;
  onRefused: (error: unknown) => void;
}

type Act = 'submit' | 'accept' | 'return' | 'grant' | 'refuse' | MenuAct;

/** What the reader may do with the sheet as it stands: one thing first, the answer to it beside, the rest in the menu. */
export function SheetActs({ sheet, columns, flush, blocked, onRefused }: Props) {
  const { t } = useTranslation('sheets');
  const may = useMay();
  const { at, done } = useSheetCall(sheet);
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const accepts = may('score_sheets.accept');
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
  const archive = async () => {
    await answer(api.POST('/v1/score-sheets/{id}/archive', at()));
    await done(t('archive.done'));
  };
  const giveBack = async (reason: string) => {
    await answer(api.POST('/v1/score-sheets/{id}/return', { ...at(), body: { reason } }));
    await done(t('returned'));
  };
  const decide = async (given: 'approved' | 'refused', reason: string) => {
    const body = { answer: given, ...(reason && { reason }) };
    await answer(api.POST('/v1/score-sheets/{id}/unlock-decisions', { ...at(), body }));
    await done(t('unlockDecided'));
  };
  const named = { course: sheet.course.name, class: sheet.class?.name ?? '' };
  return (
    <>
      <SheetMenu sheet={sheet} onAct={setAct} />
      {sheet.request && accepts && (
        <>
          <Button onClick={() => setAct('refuse')}>{t('unlockRefuse')}</Button>
          <Button type="primary" onClick={() => setAct('grant')}>
            {t('unlockGrant')}
          </Button>
        </>
      )}
      {sheet.state === 'submitted' && accepts && (
        <>
          <Button onClick={() => setAct('return')}>{t('return')}</Button>
          <Button type="primary" onClick={() => setAct('accept')}>
            {t('accept')}
          </Button>
        </>
      )}
      {sheet.open !== 'none' && may('score_sheets.edit') && (
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
        title={t('acceptAsk', named)}
        explain={t('acceptExplain', { count: sheet.rows.length, absent: absentees(sheet) })}
        confirm={t('accept')}
        act={accept}
        onClose={close}
      />
      <ActDialog
        open={act === 'archive'}
        title={t('archive.title', named)}
        explain={t('archive.explain')}
        confirm={t('archive.act')}
        act={archive}
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
      <UnlockDialog sheet={sheet} open={act === 'unlock'} onClose={close} />
      <CorrectDialog sheet={sheet} columns={columns} open={act === 'correct'} onClose={close} />
      <ResitDialog sheet={sheet} open={act === 'resit'} onClose={close} />
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
