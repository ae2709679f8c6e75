import { sheets as en } from '../i18n/en/sheets.ts';
import { sheets as zh } from '../i18n/zh-CN/sheets.ts';

export const marks = ['absent', 'deferred', 'waived', 'cheated', 'disqualified'] as const;
export type Mark = (typeof marks)[number];
export type EntryFault = 'malformed' | 'too_precise' | 'too_high';

/** What a cell's text means. Scores are tenths. A fault stays in the cell, flagged, and is never dropped. */
export type Entry =
  | { kind: 'empty' }
  | { kind: 'score'; value: number }
  | { kind: 'mark'; mark: Mark }
  | { kind: 'fault'; code: EntryFault };

const markByWord = new Map<string, Mark>(
  marks.flatMap((mark) => [zh.marks[mark], en.marks[mark]].map((word) => [word.toLowerCase(), mark] as const)),
);

/** Full-width digits and points as typed by a Chinese keyboard become plain ones; blanks around go. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll('\u3002', '.').replaceAll('\u00a0', ' ').trim();
}

export function readEntry(text: string, max: number): Entry {
  const plain = plainText(text);
  if (plain === '') return { kind: 'empty' };
  const mark = markByWord.get(plain.toLowerCase());
  if (mark) return { kind: 'mark', mark };
  const number = /^(\d{1,4})(?:\.(\d*))?$/.exec(plain);
  if (!number) return { kind: 'fault', code: 'malformed' };
  const decimals = (number[2] ?? '').replace(/0+$/, '');
  if (decimals.length > 1) return { kind: 'fault', code: 'too_precise' };
  const value = Number(number[1]) * 10 + Number(decimals || '0');
  return value > max ? { kind: 'fault', code: 'too_high' } : { kind: 'score', value };
}

/** A stored score as it stands in the cell: 745 → 74.5, 800 → 80. */
export function scoreText(value: number): string {
  return value % 10 === 0 ? String(value / 10) : (value / 10).toFixed(1);
}
