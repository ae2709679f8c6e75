import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { dateText } from '../../i18n/dates.ts';

const AROUND = 1;

/** The term and its neighbours: what the deadlines above are reckoned by. */
export function Calendar() {
  const { t } = useTranslation('home');
  const { data } = useQuery({ queryKey: ['college'], queryFn: () => answer(api.GET('/v1/college')) });
  if (!data) return null;
  const { today } = data;
  const terms = data.terms.flatMap((term) => term ?? []);
  const next = terms.findIndex(({ endsOn }) => endsOn >= today);
  const near = next < 0 ? terms.slice(-AROUND) : terms.slice(Math.max(0, next - 1), next + AROUND + 1);
  return (
    <section className="stack">
      <h2>{t('terms')}</h2>
      <ol className="terms">
        {near.map(({ id, code, startsOn, endsOn }) => {
          const now = startsOn <= today && today <= endsOn;
          return (
            <li key={id} className={now ? 'now' : endsOn < today ? 'past' : ''} aria-current={now ? 'date' : undefined}>
              <strong>
                {code} {now && <span className="quiet small">{t('thisTerm')}</span>}
              </strong>
              {t('termRow', { start: dateText(startsOn), end: dateText(endsOn) })}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
