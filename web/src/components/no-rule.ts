import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import { dateText } from '../i18n/dates.ts';

type NoRule = components['schemas']['NoRule'];

/** Which rule is wanting, on which date, and who must bring it about. */
export function useNoRuleWords(): (noRule: NoRule) => string {
  const { t } = useTranslation(['verdict', 'rules']);
  return ({ code, purpose, on }) =>
    t(`noRule.${code}`, { purpose: t(`rules:purpose.${purpose}`), date: dateText(on), who: t('role.rule_editor') });
}
