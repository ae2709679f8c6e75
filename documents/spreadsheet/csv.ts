import iconv from 'iconv-lite';
import type { OutValue } from './write.ts';

/** What a spreadsheet program would take for a formula or a command (reliability.md §10). */
const ACTIVE = /^[=+\-@\t\r\0]/;

/** CSV with a byte order mark, so that Excel reads Chinese; or GB18030 for systems that want it. Texts that would run get a quote in front. */
export function writeCsv(rows: readonly (readonly OutValue[])[], encoding: 'utf-8' | 'gb18030' = 'utf-8'): Buffer {
  const text = rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
  return encoding === 'utf-8' ? Buffer.from(`\ufeff${text}`, 'utf8') : iconv.encode(text, 'gb18030');
}

function field(value: OutValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = ACTIVE.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
