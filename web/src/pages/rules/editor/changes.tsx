import { useTranslation } from 'react-i18next';
import { useText } from '../../../components/use-text.ts';
import type { Checks } from './use-checks.ts';

type Difference = NonNullable<Checks['difference']>;

const FIRST = 6;
const FEW = 2;
const MANY = 40;

/** Which cases come out otherwise than now, from what to what, as ranges people can read. */
export function Changes({ difference }: { difference: Difference | null }) {
  const { t } = useTranslation('ruleEditor');
  if (!difference) return <p className="quiet">{t('testsWaiting')}</p>;
  if (difference.shifts.length === 0) return <p>{t('changesNone')}</p>;
  return (
    <>
      <Shifts shifts={difference.shifts.slice(0, FIRST)} />
      {difference.shifts.length > FIRST && (
        <details>
          <summary>{t('moreShifts', { count: difference.shifts.length - FIRST })}</summary>
          <Shifts shifts={difference.shifts.slice(FIRST)} />
        </details>
      )}
    </>
  );
}

function Shifts({ shifts }: { shifts: Difference['shifts'] }) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  return (
    <ul className="finding-list">
      {shifts.map((shift, index) => (
        // shifts have no names; their order is the server's
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index} className="finding finding-note">
          <p>{t('shift', { from: say(shift.from.title), to: say(shift.to.title) })}</p>
          {shift.regions.slice(0, FEW).map((region) => (
            <p key={region.words.en} className="quiet small">
              {t('region', { words: say(region.words) })}
            </p>
          ))}
          {shift.regions.length > FEW && (
            <details className="quiet small">
              <summary>{t('moreRegions', { count: shift.regions.length - FEW })}</summary>
              {shift.regions.slice(FEW, MANY).map((region) => (
                <p key={region.words.en}>{t('region', { words: say(region.words) })}</p>
              ))}
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
