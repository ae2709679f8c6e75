import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useText } from '../../components/use-text.ts';
import { dateText, instantText } from '../../i18n/dates.ts';

/** A frozen revision on its way: who has approved, how many more it takes, and the two acts. */
export function Publication({ revision }: { revision: components['schemas']['RuleRevision'] }) {
  const { t } = useTranslation('rules');
  const say = useText();
  const may = useMay();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'approve' | 'publish' | null>(null);
  const { id, hash, approvals, approvalsNeeded } = revision;
  const command = { ...keyed({ path: { id } }), body: { hash } };
  const names = { title: say(revision.title), revision: revision.revision };
  const approve = async () => {
    const { approvals: have, needed } = await answer(api.POST('/v1/rule-revisions/{id}/approve', command));
    void message.success(t('approved', { have, needed }));
    await client.invalidateQueries();
  };
  const publish = async () => {
    const { validFrom } = await answer(api.POST('/v1/rule-revisions/{id}/publish', command));
    void message.success(t('published', { date: dateText(validFrom) }));
    await client.invalidateQueries();
  };
  const enough = approvals.length >= approvalsNeeded;
  return (
    <section className="panel stack" style={{ marginBottom: 12 }}>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h2>{t('approvals')}</h2>
        <div className="row">
          {may('rules.approve') && (
            <Button type={enough ? 'default' : 'primary'} onClick={() => setAsking('approve')}>
              {t('approve')}
            </Button>
          )}
          {may('rules.publish') && (
            <Button type={enough ? 'primary' : 'default'} disabled={!enough} onClick={() => setAsking('publish')}>
              {t('publish')}
            </Button>
          )}
        </div>
      </div>
      <p>{t('needed', { needed: approvalsNeeded, have: approvals.length })}</p>
      {approvals.length === 0 ? (
        <p className="quiet">{t('noApproval')}</p>
      ) : (
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {approvals.map(({ approver, at }) => (
            <li key={approver.id}>{t('approval', { name: approver.name ?? approver.id, time: instantText(at) })}</li>
          ))}
        </ul>
      )}
      <ActDialog
        open={asking === 'approve'}
        title={t('approveAsk', names)}
        explain={t('approveExplain', { hash: `${hash.slice(7, 19)}…` })}
        confirm={t('approve')}
        act={approve}
        onClose={() => setAsking(null)}
      />
      <ActDialog
        open={asking === 'publish'}
        title={t('publishAsk', names)}
        explain={t('publishExplain', { date: dateText(revision.validFrom) })}
        confirm={t('publish')}
        act={publish}
        onClose={() => setAsking(null)}
      />
    </section>
  );
}
