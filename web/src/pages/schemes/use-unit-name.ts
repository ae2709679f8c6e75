import { useTranslation } from 'react-i18next';
import { decimalText } from '../../i18n/dates.ts';
import type { SchemeList } from './scheme-model.ts';

/** 电工 四级（中级工）· 低压电器选用（本课程覆盖 40.00%）. */
export function useUnitName(): (unit: SchemeList['units'][number]) => string {
  const { t } = useTranslation(['schemes', 'verdict']);
  return ({ name, level, standard, coverage }) =>
    t('unit', {
      standard: standard?.name ?? '',
      level: level ? t(`verdict:level.${level}`) : '',
      name,
      share: decimalText(coverage, 2),
    });
}
