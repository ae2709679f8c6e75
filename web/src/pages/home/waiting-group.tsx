import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useSession } from '../../api/session.ts';
import { Waited } from '../../components/waiting-sentence.tsx';
import { placeOf, wholeOf } from './places.ts';
import '../../components/verdict.css';

type Group = components['schemas']['HomeGroup'];
type Item = Group['items'][number];

/** Things of one kind: each with what, whom it concerns, since when, until when, and one way to go. */
export function WaitingGroup({ group: { kind, count, items } }: { group: Group }) {
  const { t } = useTranslation('home');
  const rest = count > items.length;
  return (
    <section className="panel" style={{ padding: 0 }}>
      <div className="waits-head">
        <h2>{t(`groups.${kind}`)}</h2>
        <span className="quiet">{t('count', { count })}</span>
      </div>
      <ul className="waits">
        {items.map((item) => (
          <WaitingItem key={item.id} kind={kind} item={item} />
        ))}
      </ul>
      {rest && (
        <p style={{ padding: '8px 16px' }}>
          <Link {...wholeOf(kind)}>{t('showAll', { count })}</Link>
        </p>
      )}
    </section>
  );
}

function WaitingItem({ kind, item }: { kind: Group['kind']; item: Item }) {
  const { t } = useTranslation(['home', 'verdict', 'sheets']);
  const { today } = useSession();
  const { title, detail, since, until } = item;
  const isRule = kind === 'revision_to_approve' || kind === 'revision_to_publish';
  const about = detail === null ? '' : isRule ? t('revision', { revision: detail }) : detail;
  return (
    <li>
      <strong>{title}</strong>
      <span className="quiet">{about}</span>
      <span className="quiet when">{today && <Waited since={since} until={until} today={today} />}</span>
      <span className="act">
        <Link {...placeOf(kind, item)}>{t(`act.${kind}`)}</Link>
      </span>
    </li>
  );
}
