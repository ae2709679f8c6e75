import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import { useMay } from '../../../api/session.ts';
import { ActDialog } from '../../../components/act-dialog.tsx';
import { useText } from '../../../components/use-text.ts';
import { dateText } from '../../../i18n/dates.ts';

type Publication = components['schemas']['RulePublication'];
type Act = 'approve' | 'return' | 'publish' | 'suspend' | 'resume' | 'withdraw';

const order: readonly Act[] = ['publish', 'approve', 'return', 'resume', 'suspend', 'withdraw'];

/** Only what the server lists as allowed, each act with what follows from it. */
export function ApprovalActs({ publication }: { publication: Publication }) {
  const { t } = useTranslation('ruleApproval');
  const say = useText();
  const may = useMay();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/rules/$ruleSet/$revision' });
  const [asking, setAsking] = useState<Act | null>(null);
  const { id, hash, allowed, proofs, preview } = publication;
  const acts = order.filter((act) => allowed.includes(act));
  const names = { title: say(publication.title), revision: publication.revision };
  // who only wrote it takes it back; who approves sends it back
  const isOwn = !may('rules.approve');
  const run = async (act: Act, reason: string): Promise<string> => {
    const path = { path: { id } };
    switch (act) {
      case 'approve': {
        const body = {
          hash,
          ...(proofs && { difference: proofs.differenceHash }),
          ...(preview && preview.state === 'done' && publication.previewAsked && { preview: preview.hash }),
        };
        const given = await answer(api.POST('/v1/rule-revisions/{id}/approve', { ...keyed(path), body }));
        return t('approved', { have: given.approvals, needed: given.needed });
      }
      case 'publish': {
        const done = await answer(api.POST('/v1/rule-revisions/{id}/publish', { ...keyed(path), body: { hash } }));
        return t('published', { date: dateText(done.validFrom) });
      }
      case 'return': {
        const call = { ...keyed(path), body: { hash, reason } };
        await answer(
          isOwn
            ? api.POST('/v1/rule-revisions/{id}/take-back', call)
            : api.POST('/v1/rule-revisions/{id}/return', call),
        );
        return t('returned');
      }
      default: {
        const call = { ...keyed(path), body: { reason } };
        const stopped = await answer(stop(act, call));
        if (stopped.waitingForSecond) return t('waitingSecond');
        return t(({ suspend: 'suspended', resume: 'resumed', withdraw: 'withdrawn' } as const)[act]);
      }
    }
  };
  const act = async (reason: string) => {
    if (!asking) return;
    void message.success(await run(asking, reason));
    // the page stays where it is, whatever the revision has become
    void navigate({ search: { tab: 'approval' }, replace: true });
    void client.invalidateQueries();
  };
  if (acts.length === 0) return null;
  const dangerous = asking === 'suspend' || asking === 'withdraw' || asking === 'return';
  const ask = asking === 'return' && isOwn ? 'takeBack' : asking;
  return (
    <div className="row">
      {acts.map((one, index) => (
        <Button
          key={one}
          type={index === 0 && (one === 'approve' || one === 'publish' || one === 'resume') ? 'primary' : 'default'}
          danger={one === 'suspend' || one === 'withdraw'}
          onClick={() => setAsking(one)}
        >
          {t(one === 'return' && isOwn ? 'takeBack' : one)}
        </Button>
      ))}
      <ActDialog
        open={asking !== null}
        title={ask ? t(`${ask}Ask`, names) : ''}
        explain={asking && t(`${asking}Explain`, { date: dateText(publication.validFrom) })}
        confirm={ask ? t(ask) : ''}
        danger={dangerous}
        reasoned={asking !== 'approve' && asking !== 'publish'}
        act={act}
        onClose={() => setAsking(null)}
      />
    </div>
  );
}

type StopCall = {
  params: { path: { id: string }; header: { 'Idempotency-Key': string } };
  body: { reason: string };
};

function stop(act: 'suspend' | 'resume' | 'withdraw', call: StopCall) {
  if (act === 'suspend') return api.POST('/v1/rule-revisions/{id}/suspend', call);
  if (act === 'resume') return api.POST('/v1/rule-revisions/{id}/resume', call);
  return api.POST('/v1/rule-revisions/{id}/withdraw', call);
}
