import { useTranslation } from 'react-i18next';
import type { imports } from '../../i18n/zh-CN/imports.ts';
import { decimalText } from '../../i18n/dates.ts';

type Code = keyof (typeof imports)['value'];

const codes = [
  'male',
  'female',
  'none',
  'technical_school',
  'secondary_vocational',
  'senior_technical_class',
  'technician_class',
  'higher_vocational',
  'university',
  'public_basic',
  'professional_basic',
  'professional_core',
  'professional_elective',
  'public_elective',
  'practice',
  'internship',
  'politics',
  'physical_education',
  'deferred',
  'waived',
  'absent',
  'cheated',
  'disqualified',
  'skill_certificate',
  'x_certificate',
  'occupational_qualification',
  'contest_award',
  'prior_course',
  'school',
  'city',
  'province',
  'national',
  'first',
  'second',
  'third',
  'five',
  'four',
  'three',
  'two',
  'one',
  'junior',
  'intermediate',
  'senior',
] as const satisfies readonly Code[];

/** Decimal places of the columns that travel as whole numbers. */
const scales: Readonly<Record<string, number>> = {
  score: 1,
  theory: 1,
  practical: 1,
  review: 1,
  credits: 1,
  coverage: 2,
};

/** A staged value as the registrar wrote it: words for codes, decimals for scaled numbers. */
export function useRowValue(): (key: string, value: unknown) => string {
  const { t } = useTranslation(['imports', 'common']);
  return (key, value) => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
    const scale = scales[key];
    if (typeof value === 'number') return scale === undefined ? String(value) : decimalText(value, scale);
    const code = codes.find((one) => one === value);
    if (code) return t(`value.${code}`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
}
