import { useNavigate } from '@tanstack/react-router';
import { DatePicker } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { Field } from '../../components/field.tsx';
import type { Sheet } from './sheet-model.ts';
import { useSheetCall } from './use-sheet-call.ts';

/** 补考: a further sheet for those of the class who have not passed. Leads to the new sheet. */
export function ResitDialog({ sheet, open, onClose }: { sheet: Sheet; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('sheets');
  const { today } = useSession();
  const navigate = useNavigate();
  const { done } = useSheetCall(sheet);
  const [due, setDue] = useState<Dayjs | null>(null);
  const resit = async () => {
    if (!due) return;
    const opened = await answer(
      api.POST('/v1/offerings/{id}/resit-sheets', {
        ...keyed({ path: { id: sheet.offeringId } }),
        body: { dueOn: due.format('YYYY-MM-DD') },
      }),
    );
    setDue(null);
    await done(t('resit.done', { count: opened.students }));
    await navigate({ to: '/score-sheets/$sheetId', params: { sheetId: opened.sheet } });
  };
  return (
    <ActDialog
      open={open}
      title={t('resit.title', { course: sheet.course.name, class: sheet.class?.name ?? '' })}
      explain={t('resit.explain')}
      confirm={t('resit.act')}
      disabled={due === null}
      act={resit}
      onClose={onClose}
    >
      <Field label={t('resit.due')}>
        {(id) => (
          <DatePicker
            id={id}
            value={due}
            onChange={setDue}
            disabledDate={(day) => today !== null && day.format('YYYY-MM-DD') < today}
            style={{ width: '100%' }}
          />
        )}
      </Field>
    </ActDialog>
  );
}
