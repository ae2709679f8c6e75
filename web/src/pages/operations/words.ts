import { useTranslation } from 'react-i18next';

const kinds = ['apply', 'audit', 'sign_off', 'preview'] as const;
const codes = [
  'barred_person',
  'not_awaiting_sign_off',
  'verdict_changed',
  'pathway_closed',
  'already_applied',
  'stale',
  'not_found',
  'rule_not_bound',
  'no_rule_for_date',
  'date_missing',
  'evaluators_disagree',
  'preview_beside_difference',
  'preview_incomplete',
] as const;

/** Kinds and refusal codes in words; one we have no words for is shown as it is. */
export function useOperationWords() {
  const { t } = useTranslation('operations');
  return {
    kind: (kind: string) => (kinds.find((one) => one === kind) ? t(`kind.${kind as (typeof kinds)[number]}`) : kind),
    code: (code: string) => (codes.find((one) => one === code) ? t(`code.${code as (typeof codes)[number]}`) : code),
  };
}
