import type { Language } from '../schemas/text.ts';

interface Shown {
  readonly type: string;
  readonly scale?: number | undefined;
  readonly titles?: Readonly<Record<string, Record<Language, string>>> | undefined;
}

/** Decimals, dates and enums as people read them; the only place where a scaled integer gets its point. */
export function formatValue(shown: Shown, value: unknown, language: Language): string {
  if (value === null || value === undefined) return language === 'en' ? 'not recorded' : '未登记';
  if (Array.isArray(value))
    return value.length === 0
      ? language === 'en'
        ? 'none'
        : '无'
      : value.map((one) => formatValue(shown, one, language)).join(language === 'en' ? ', ' : '、');
  if (typeof value === 'boolean') return language === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否';
  if (typeof value === 'number') return formatNumber(shown, value, language);
  const title =
    shown.titles !== undefined && Object.hasOwn(shown.titles, String(value)) ? shown.titles[String(value)] : undefined;
  return title?.[language] ?? String(value);
}

function formatNumber({ type, scale }: Shown, value: number, language: Language): string {
  if (type === 'decimal') return formatDecimal(value, scale ?? 0);
  return type === 'date' ? formatDay(value, language) : String(value);
}

/** 745 at scale 1 is 74.5. */
export function formatDecimal(value: number, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The inverse, strict: undefined unless the text is a number with at most `scale` decimals. */
export function parseDecimal(text: string, scale: number): number | undefined {
  const found = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (found === null) return undefined;
  const [, sign, whole, part = ''] = found;
  if (part.length > scale) return undefined;
  const value = Number(`${sign}${whole}${part.padEnd(scale, '0')}`);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** 20260630 as 2026年6月30日 or 2026-06-30. */
export function formatDay(value: number, language: Language): string {
  const year = Math.floor(value / 10_000);
  const month = Math.floor(value / 100) % 100;
  const day = value % 100;
  if (language === 'zh-CN') return `${year}年${month}月${day}日`;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
