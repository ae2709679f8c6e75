import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed, Refused } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { Field } from '../../components/field.tsx';

type From = NonNullable<paths['/v1/rule-drafts']['post']['requestBody']>['content']['application/json'];

function useNewDraft(): (from: From) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (from) => {
    const { draft } = await answer(api.POST('/v1/rule-drafts', { ...keyed(), body: from }));
    await client.invalidateQueries({ queryKey: ['rule-drafts'] });
    await navigate({ to: '/rules/drafts/$draftId', params: { draftId: draft } });
  };
}

interface Props {
  from: From;
  label: string;
  primary?: boolean;
}

/** Opens a draft and goes there: nothing changes for anyone, so nothing is asked first. */
export function NewDraftButton({ from, label, primary = false }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const { message } = App.useApp();
  const open = useNewDraft();
  const [busy, setBusy] = useState(false);
  if (!may('rules.edit')) return null;
  const go = async () => {
    setBusy(true);
    try {
      await open(from);
    } catch (error) {
      void message.error(error instanceof Refused ? error.title : t('unreachable'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      type={primary ? 'primary' : 'default'}
      {...(!primary && { size: 'small' as const })}
      loading={busy}
      onClick={() => void go()}
    >
      {label}
    </Button>
  );
}

const subjects = ['pathway', 'outcome', 'outcome_course', 'scheme'] as const;

/** A rule set that was not there before, or one brought along as a file. */
export function NewRuleSet() {
  const { t } = useTranslation('ruleEditor');
  const may = useMay();
  const open = useNewDraft();
  const [asking, setAsking] = useState(false);
  const [id, setId] = useState('');
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [subject, setSubject] = useState<(typeof subjects)[number]>('outcome_course');
  if (!may('rules.edit')) return null;
  const make = () =>
    open({ from: 'scratch', ruleSet: id.trim(), subject, title: { 'zh-CN': zh.trim(), en: en.trim() || zh.trim() } });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('newRuleSet')}</Button>
      <ActDialog
        open={asking}
        title={t('newRuleSet')}
        confirm={t('create')}
        disabled={id.trim() === '' || zh.trim() === ''}
        act={make}
        onClose={() => setAsking(false)}
      >
        <Field label={t('titleZh')}>
          {(field) => <Input id={field} value={zh} maxLength={100} onChange={({ target }) => setZh(target.value)} />}
        </Field>
        <Field label={t('titleEn')}>
          {(field) => <Input id={field} value={en} maxLength={100} onChange={({ target }) => setEn(target.value)} />}
        </Field>
        <Field label={t('ruleSetId')}>
          {(field) => (
            <Input
              id={field}
              value={id}
              maxLength={100}
              placeholder={t('ruleSetIdHint')}
              onChange={({ target }) => setId(target.value)}
            />
          )}
        </Field>
        <Field label={t('subject')}>
          {(field) => (
            <Select
              id={field}
              value={subject}
              onChange={setSubject}
              options={subjects.map((value) => ({ value, label: t(`subjects.${value}`) }))}
            />
          )}
        </Field>
      </ActDialog>
    </>
  );
}
