import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useMay, useSession } from '../../api/session.ts';
import { Waited } from '../../components/waiting-sentence.tsx';
import { useText } from '../../components/use-text.ts';
import { placeOf, wholeOf } from './places.ts';
import '../../components/verdict.css';

type Group = components['schemas']['HomeGroup'];
type Item = Group['items'][number];
const FIRST = 6;

/** Things of one kind: each with what, whom it concerns, since when, until when, and one way to go. */
export function WaitingGroup({ group: { kind, count, items } }: { group: Group }) {
  const { t } = useTranslation('home');
  const first = items.slice(0, FIRST);
  return (
    <section className="panel" style={{ padding: 0 }}>
      <div className="waits-head">
        <h2>{t(`groups.${kind}`)}</h2>
        <span className="quiet">{t('count', { count })}</span>
        {kind === 'results_awaited' && <span className="quiet">{t('awaitedNote')}</span>}
      </div>
      <ul className="waits">
        {first.map((item) => (
          <WaitingItem key={item.id} kind={kind} item={item} />
        ))}
      </ul>
      {count > first.length && (
        <p style={{ padding: '8px 16px' }}>
          <Link {...wholeOf(kind)}>{t('showAll', { count })}</Link>
        </p>
      )}
    </section>
  );
}

function WaitingItem({ kind, item }: { kind: Group['kind']; item: Item }) {
  const { t } = useTranslation('home');
  const aboutOf = useAbout();
  const { today } = useSession();
  const say = useText();
  const mayImport = useMay()('imports.run');
  const { title, text, since, until } = item;
  return (
    <li>
      <strong>{text ? say(text) : title}</strong>
      <span className="quiet">{aboutOf(kind, item.detail)}</span>
      <span className="quiet when">{today && <Waited since={since} until={until} today={today} />}</span>
      <span className="act">
        {kind === 'results_awaited' && mayImport && (
          <>
            <Link to="/imports/new" search={{ kind: 'results' }}>
              {t('importResults')}
            </Link>{' '}
          </>
        )}
        <Link {...placeOf(kind, item)}>{t(`act.${kind}`)}</Link>
      </span>
    </li>
  );
}

/** The class of a sheet, the revision of a rule; of a pathway the student number and which certificate. */
function useAbout(): (kind: Group['kind'], detail: string | null) => string {
  const { t } = useTranslation(['home', 'verdict']);
  return (kind, detail) => {
    if (detail === null) return '';
    if (kind === 'revision_to_approve' || kind === 'revision_to_publish') return t('revision', { revision: detail });
    if (kind === 'results_awaited') {
      const [level, count] = detail.split('/');
      return t('awaited', { level: t(`verdict:level.${level as 'four'}`), count: Number(count) });
    }
    const [number = detail, type, level] = detail.split('/');
    if (type !== 'diploma' && type !== 'skill') return detail;
    return [number, t(`verdict:${type}`), level && t(`verdict:level.${level as 'four'}`, { defaultValue: level })]
      .filter(Boolean)
      .join(' · ');
  };
}
