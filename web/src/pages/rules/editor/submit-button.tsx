import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyedAt, Refused } from '../../../api/client.ts';
import type { Fault } from '../../../api/client.ts';
import { ActDialog } from '../../../components/act-dialog.tsx';
import { Field } from '../../../components/field.tsx';
import type { Checks } from './use-checks.ts';
import type { DraftHandle } from './use-draft.ts';

interface Props {
  draftId: string;
  ruleSet: string;
  title: string;
  handle: DraftHandle;
  checks: Checks | null;
}

/** Freezes the draft. What must be dealt with and is not stands in the dialog, each with a line for the reason to let it pass. */
export function SubmitButton({ draftId, ruleSet, title, handle, checks }: Props) {
  const { t } = useTranslation('ruleApproval');
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState<readonly Fault[]>([]);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const faults = checks?.faults.length ?? 0;
  const failing = checks?.tests?.filter(({ passed }) => !passed).length ?? 0;
  const submit = async () => {
    const version = await handle.flush();
    const waivers = open
      .map((fault) => ({ finding: findingOf(fault), reason: reasons[findingOf(fault)]?.trim() ?? '' }))
      .filter(({ reason }) => reason !== '');
    try {
      const call = { ...keyedAt(version, { path: { id: draftId } }), body: { waivers } };
      const frozen = await answer(api.POST('/v1/rule-drafts/{id}/submit', call));
      void message.success(t('submitted', { revision: frozen.number }));
      await navigate({
        to: '/rules/$ruleSet/$revision',
        params: { ruleSet, revision: String(frozen.number) },
        search: { tab: 'approval' },
      });
      // after leaving: a draft read again here would be shown as ended first
      void client.invalidateQueries();
    } catch (error) {
      if (error instanceof Refused && error.code === 'rule_findings_open')
        setOpen((was) => [...new Map([...was, ...error.errors].map((one) => [findingOf(one), one])).values()]);
      throw error;
    }
  };
  return (
    <>
      <Button type="primary" disabled={handle.state === 'conflict'} onClick={() => setAsking(true)}>
        {t('submit')}
      </Button>
      <ActDialog
        open={asking}
        title={t('submitAsk', { title })}
        explain={t('submitExplain')}
        confirm={t('submit')}
        disabled={faults > 0 || failing > 0}
        act={submit}
        onClose={() => {
          setAsking(false);
          setOpen([]);
        }}
      >
        {faults > 0 && <p style={{ color: 'var(--refused)' }}>{t('faulty', { count: faults })}</p>}
        {failing > 0 && <p style={{ color: 'var(--refused)' }}>{t('failing', { count: failing })}</p>}
        {open.length > 0 && (
          <div className="stack" style={{ maxHeight: '40vh', overflow: 'auto' }}>
            <strong>{t('open')}</strong>
            {open.map((fault) => {
              const finding = findingOf(fault);
              return (
                <Field key={finding} label={t('waive', { finding: fault.title ?? finding })}>
                  {(id) => (
                    <Input
                      id={id}
                      maxLength={500}
                      placeholder={t('waiveHint')}
                      value={reasons[finding] ?? ''}
                      onChange={({ target }) => setReasons((was) => ({ ...was, [finding]: target.value }))}
                    />
                  )}
                </Field>
              );
            })}
          </div>
        )}
      </ActDialog>
    </>
  );
}

const findingOf = ({ detail, code }: Fault): string => (typeof detail?.finding === 'string' ? detail.finding : code);
