import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import type { components } from '../api/schema.d.ts';
import { instantText } from '../i18n/dates.ts';
import { ProblemAlert } from './problem-alert.tsx';
import { Grounds } from './reason-panel.tsx';
import { useText } from './use-text.ts';

type Verdict = components['schemas']['Verdict'];

/** `decision/1` as far as the panel shows it. */
interface Record1 {
  engines: { reference: string; compiled: string };
  time: { decidedAt: string; effectiveDate: string };
  fired: string[];
  outcome: { type: Verdict['type']; because: Verdict['because'] };
}

/** One decision as it was recorded: outcome, rule, reasons, facts and where each came from. */
export function DecisionPanel({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('student');
  const { data, error } = useQuery({
    queryKey: ['decision', id],
    queryFn: () => answer(api.GET('/v1/decisions/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== null,
  });
  return (
    <Drawer open={id !== null} onClose={onClose} size={600} title={t('decisions.open')} destroyOnHidden>
      <ProblemAlert error={error} />
      {data && <Recorded decision={data} />}
    </Drawer>
  );
}

function Recorded({
  decision: { record, title, reasons, facts, rule, hash },
}: {
  decision: components['schemas']['Decision'];
}) {
  const { t } = useTranslation('student');
  const say = useText();
  const { engines, time, fired, outcome } = record as Record1; // decision/1: the server checked it when it was stored
  const verdict = { type: outcome.type, because: outcome.because, fired, missing: [] };
  return (
    <div className="stack">
      <p className="quiet">{instantText(time.decidedAt)}</p>
      <Grounds
        why={{
          verdict,
          title,
          reasons,
          nearMisses: [],
          rule: {
            ruleSet: rule.ruleSet,
            title: rule.title,
            revision: rule.revision,
            hash: rule.hash,
            effectiveDate: time.effectiveDate,
            suspended: false,
          },
        }}
      />
      <h3>{t('decisions.facts')}</h3>
      <table className="dense fits facts">
        <thead>
          <tr>
            <th scope="col">{t('decisions.fact')}</th>
            <th scope="col">{t('decisions.value')}</th>
            <th scope="col">{t('decisions.from')}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map((one) => (
            <tr key={one.fact}>
              <th scope="row">{say(one.title)}</th>
              <td>{say(one.text)}</td>
              <td className="quiet small source">{one.from}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet small" style={{ wordBreak: 'break-all' }}>
        {t('decisions.engines')} {engines.reference} · {engines.compiled}
        <br />
        {t('decisions.recordHash')} {hash}
      </p>
    </div>
  );
}
