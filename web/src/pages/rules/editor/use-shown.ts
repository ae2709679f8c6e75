import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/index.ts';
import type { Language } from '../../../i18n/index.ts';
import type { Typed } from '../../../rules-editor/document.ts';
import { shownText } from '../../../rules-editor/values.ts';

/** A value in words, and the word for a unit. */
export function useShown(): {
  shown: (typed: Typed, value: unknown, language?: Language) => string;
  unit: (typed: Typed | undefined) => string;
} {
  const { t, i18n } = useTranslation('ruleEditor');
  const shown = (typed: Typed, value: unknown, language: Language = currentLanguage()): string => {
    const say = i18n.getFixedT(language, 'ruleEditor');
    const words = { missing: say('missing'), none: say('none'), yes: say('yes'), no: say('no') };
    return shownText(typed, value, { language, words });
  };
  const unit = (typed: Typed | undefined): string => {
    const given = typed?.unit;
    if (given === undefined) return '';
    return given === 'month' || given === 'year' || given === 'credit' || given === '%' ? t(`unit.${given}`) : given;
  };
  return { shown, unit };
}
