import type { TFunction } from 'i18next';

const known = [
  'allocated',
  'signed',
  'issued',
  'rendered',
  'suspended',
  'resumed',
  'revoked',
  'superseded',
  'void',
  'printed',
  'handed_over',
  'returned',
  'reprinted',
] as const;

export function eventWord(t: TFunction<'certificates'>, kind: string): string {
  const one = known.find((word) => word === kind);
  return one ? t(`event.${one}`) : kind;
}
