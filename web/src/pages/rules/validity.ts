import type { TFunction } from 'i18next';
import { dateText } from '../../i18n/dates.ts';

export function validityText(
  t: TFunction<'rules'>,
  { validFrom, validTo }: { validFrom: string; validTo: string | null },
): string {
  return validTo === null
    ? t('from', { date: dateText(validFrom) })
    : t('fromTo', { from: dateText(validFrom), to: dateText(validTo) });
}
