/** The words of the decision table's grammar (rules.md §10): they stand in documents, not in pages, and are Chinese in both languages. */
export const cellWords = {
  yes: '是',
  no: '否',
  any: '—',
  anyInWords: '任意',
} as const;

/** Bounds as people say them, and the sign that stands for them. */
export const boundWords: readonly [RegExp, string][] = [
  [/^(?:不低于|不少于|不小于|至少)\s*/u, '>='],
  [/^(?:不高于|不超过|不大于|至多)\s*/u, '<='],
  [/^(?:低于|小于|少于)\s*/u, '<'],
  [/^(?:高于|大于|多于|超过)\s*/u, '>'],
];
export const rangeWords = /^(-?\d+(?:\.\d+)?)(?:[~～–—至到]|\.\.|-)(-?\d+(?:\.\d+)?)$/u;
export const dayWords = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u;

export function dayInChinese(value: number): string {
  return `${Math.floor(value / 10_000)}年${Math.floor(value / 100) % 100}月${value % 100}日`;
}

/** A copy bears the name of its model until it gets one of its own. */
export function titleOfCopy(title: { 'zh-CN': string; en: string }): { 'zh-CN': string; en: string } {
  return { 'zh-CN': `${title['zh-CN']}（新）`, en: `${title.en} (new)` };
}

const bounds: readonly [RegExp, string][] = [
  [/及以上$|及以后$/u, '>='],
  [/及以下$|及以前$/u, '<='],
];

/** A range as the analysis words it, written as a cell: 60.0–69.9 → 60.0..69.9, 0.5学分及以下 → <=0.5, 为是 → 是. */
export function cellOfWords(words: string): string {
  const given = words.trim();
  if (given === '') return cellWords.any;
  const text = given.replace(/^为/u, '');
  if (text.startsWith('除')) return `非 ${text.replace(/^除/u, '').replace(/以外$/u, '')}`;
  const numbers = text.match(/\d+(?:\.\d+)?/g) ?? [];
  for (const [end, sign] of bounds) if (end.test(text) && numbers.length === 1) return `${sign}${numbers[0]}`;
  if (/^\d[\d.]*–\d/u.test(text) && numbers.length === 2) return `${numbers[0]}..${numbers[1]}`;
  return /^\d[\d.]*\D{0,3}$/u.test(text) && numbers.length === 1 ? (numbers[0] ?? text) : text;
}
