import { currentLanguage } from './index.ts';

/** Several names in a row, as the reader's language sets them. */
export function listText(items: readonly string[]): string {
  return new Intl.ListFormat(currentLanguage(), { style: 'narrow', type: 'conjunction' }).format(items);
}
