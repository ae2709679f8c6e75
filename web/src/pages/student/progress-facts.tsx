import { useTranslation } from 'react-i18next';
import type { Pathway } from '../../api/students.ts';
import { decimalText } from '../../i18n/dates.ts';

const shown = {
  diploma: ['creditsShort', 'electiveCreditsShort', 'coursesFailed', 'internshipMonths', 'disciplineOpen'],
  skill: ['eligibility', 'processScore', 'theoryScore', 'practicalScore', 'reviewScore'],
} as const;
/** Worked out once every score they rest on is there. */
const fromScores: ReadonlySet<string> = new Set([
  'creditsShort',
  'electiveCreditsShort',
  'coursesFailed',
  'processScore',
]);
type Shown = (typeof shown)['diploma' | 'skill'][number];

/** The facts a certificate turns on, as they stand; a fact nobody recorded is said to be missing, never zero. */
export function ProgressFacts({ pathway: { type, facts, appliedOn, stage } }: { pathway: Pathway }) {
  const { t } = useTranslation('verdict');
  const wordsOf = useFactWords();
  if (type === 'skill' && appliedOn === null) return null;
  const missing = new Set(stage.missing.map(({ fact }) => fact));
  return (
    <dl className="progress">
      {shown[type]
        .filter((fact) => (facts[fact] !== null && facts[fact] !== undefined ? true : missing.has(fact)))
        .map((fact) => (
          <div key={fact}>
            <dt>{t(`fact.${fact}`)}</dt>
            <dd className={facts[fact] === null || facts[fact] === undefined ? 'absent' : ''}>
              {wordsOf(fact, facts[fact])}
            </dd>
          </div>
        ))}
    </dl>
  );
}

function useFactWords(): (fact: Shown, value: Pathway['facts'][string] | undefined) => string {
  const { t } = useTranslation('verdict');
  return (fact, value) => {
    if (value === null || value === undefined) return fromScores.has(fact) ? t('value.awaitsScores') : t('value.none');
    if (fact === 'eligibility')
      return value === 'granted' || value === 'denied' || value === 'referred'
        ? t(`value.eligibility.${value}`)
        : String(value);
    if (typeof value === 'boolean') return value ? t('value.yes') : t('value.no');
    if (typeof value !== 'number') return String(value);
    if (fact === 'creditsShort' || fact === 'electiveCreditsShort')
      return value > 0 ? t('value.creditsShort', { value: decimalText(value, 1) }) : t('value.creditsEnough');
    if (fact === 'coursesFailed') return t('value.courses', { value });
    if (fact === 'internshipMonths') return t('value.months', { value });
    return decimalText(value, fact === 'processScore' ? 2 : 1);
  };
}
