import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { studentOptions } from './sheet-model.ts';
import type { Sheet } from './sheet-model.ts';
import { useSheetCall } from './use-sheet-call.ts';

/** 申请解锁: which students' rows of a locked sheet, and why. */
export function UnlockDialog({ sheet, open, onClose }: { sheet: Sheet; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('sheets');
  const { at, done } = useSheetCall(sheet);
  const [rows, setRows] = useState<string[]>([]);
  const unlock = async (reason: string) => {
    await answer(api.POST('/v1/score-sheets/{id}/unlock-requests', { ...at(), body: { rows, reason } }));
    setRows([]);
    await done(t('unlockAsked'));
  };
  return (
    <ActDialog
      open={open}
      title={t('unlockAsk')}
      explain={t('unlockExplain')}
      confirm={t('unlock')}
      reasoned
      disabled={rows.length === 0}
      act={unlock}
      onClose={onClose}
    >
      <fieldset className="plain" style={{ maxHeight: 220, overflow: 'auto' }}>
        <legend className="quiet">{t('unlockRows')}</legend>
        <Checkbox.Group
          value={rows}
          onChange={(chosen) => setRows(chosen as string[])}
          options={studentOptions(sheet)}
          style={{ display: 'grid', gap: 4 }}
        />
      </fieldset>
    </ActDialog>
  );
}
