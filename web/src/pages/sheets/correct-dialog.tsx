import { Alert, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { readEntry, scoreText } from '../../score-grid/entry.ts';
import type { GridColumn } from '../../score-grid/model.ts';
import { cellToCorrect, studentOptions, TOTAL } from './sheet-model.ts';
import type { Sheet } from './sheet-model.ts';
import { useSheetCall } from './use-sheet-call.ts';

interface Props {
  sheet: Sheet;
  columns: readonly GridColumn[];
  open: boolean;
  onClose: () => void;
}

/** 更正: one score of one student, with the value on record beside the new one. */
export function CorrectDialog({ sheet, columns, open, onClose }: Props) {
  const { t } = useTranslation('sheets');
  const { at, done } = useSheetCall(sheet);
  const [row, setRow] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState('');
  const isTotal = columns[0]?.id === TOTAL;
  const column = columns.find(({ id }) => id === (isTotal ? TOTAL : chosen));
  const entry = column ? readEntry(text, column.max) : null;
  const fault =
    entry?.kind === 'fault' && column ? t(`grid.fault.${entry.code}`, { max: scoreText(column.max) }) : null;
  const before = row !== null && column ? cellToCorrect(sheet, row, column.id) : null;
  const close = () => {
    setRow(null);
    setChosen(null);
    setText('');
    onClose();
  };
  const correct = async (reason: string) => {
    if (!column || !entry || row === null) return;
    const value = entry.kind === 'score' ? entry.value : null;
    const mark = entry.kind === 'mark' ? entry.mark : null;
    const componentId = isTotal ? null : column.id;
    await answer(
      api.POST('/v1/score-sheets/{id}/corrections', {
        ...at(),
        body: { enrolmentId: row, componentId, value, mark, reason },
      }),
    );
    await done(t('corrected'));
  };
  return (
    <ActDialog
      open={open}
      title={t('correctAsk')}
      explain={t('correctExplain')}
      confirm={t('correct')}
      reasoned
      disabled={row === null || !column || !entry || entry.kind === 'empty' || fault !== null}
      act={correct}
      onClose={close}
    >
      {isTotal && <Alert type="info" title={t('correctTotal')} />}
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('field.student')}
        placeholder={t('field.student')}
        options={studentOptions(sheet)}
        value={row}
        onChange={setRow}
      />
      {!isTotal && (
        <Select
          aria-label={t('field.component')}
          placeholder={t('field.component')}
          options={columns.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      {before && (
        <p className="quiet">
          {t('recorded', {
            value: before.mark ? t(`marks.${before.mark}`) : before.value === null ? '—' : scoreText(before.value),
          })}
        </p>
      )}
      <Input
        aria-label={t('field.value')}
        placeholder={t('field.value')}
        value={text}
        {...(fault && { status: 'error' as const })}
        onChange={({ target }) => setText(target.value)}
      />
      {fault && <span style={{ color: 'var(--refused)' }}>{fault}</span>}
    </ActDialog>
  );
}
