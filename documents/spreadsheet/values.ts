import type {
  BooleanColumn,
  ChoiceColumn,
  DateColumn,
  DecimalColumn,
  ImportColumn,
  ImportValue,
  IntegerColumn,
  TextColumn,
} from '../../schemas/import-columns.ts';
import type { Choice } from '../../schemas/import-columns.ts';
import type { RowFaultCode } from '../../schemas/import-faults.ts';
import { isIdNumberFault, parseIdNumber } from '../../schemas/id-number.ts';
import type { Cell } from './cell.ts';
import { fold, parseDate } from './normalise.ts';
import type { Detail } from './refuse.ts';

export type Parsed =
  | { value: ImportValue; warning?: RowFaultCode }
  | { fault: RowFaultCode; detail?: Detail; suggestion?: string };

const UNFIT = { formula: 'formula_cell', error: 'error_cell', link: 'link_cell' } as const;
// Excel keeps 15 digits; a longer number in a cell has lost its end, one in a CSV may already be 1.10101E+17
const MOST_DIGITS = 15;
const SCIENTIFIC = /^\d(\.\d+)?e\+(\d{2})$/i;

/** The value of a cell in a column; null for a blank. */
export function parseValue(cell: Cell | undefined, column: ImportColumn): Parsed {
  if (!cell || cell.kind === 'empty') return { value: column.type === 'integer' ? (column.fallback ?? null) : null };
  if (cell.kind === 'formula' || cell.kind === 'error' || cell.kind === 'link')
    return { fault: UNFIT[cell.kind], detail: { value: cell.text } };
  switch (column.type) {
    case 'text':
      return textValue(cell, column);
    case 'idNumber':
      return idNumberValue(cell);
    case 'date':
      return dateValue(cell, column);
    case 'integer':
      return integerValue(cell, column);
    case 'decimal':
      return decimalValue(cell, column);
    case 'choice':
      return choiceValue(cell, column);
    case 'boolean':
      return booleanValue(cell, column);
  }
}

/** The choice a text names, by value, title or alias. */
export function findChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  const word = fold(text);
  return choices.find(({ value, title, aliases }) =>
    [value, title['zh-CN'], title.en, ...(aliases ?? [])].some((other) => fold(other) === word),
  );
}

const titleOf = ({ title }: ImportColumn): string => title['zh-CN'];

function isRounded({ kind, text }: Cell): boolean {
  if (kind === 'number') return text.replace(/^-/, '').replace(/\..*/, '').length > MOST_DIGITS;
  return SCIENTIFIC.test(text);
}

function textValue(cell: Cell, column: TextColumn): Parsed {
  const { text, kind } = cell;
  if (isRounded(cell)) return { fault: 'number_rounded' };
  if ([...text].length > column.max)
    return { fault: 'text_too_long', detail: { title: titleOf(column), limit: column.max } };
  // a code that Excel took for a date is no longer what was typed
  if (kind === 'date' || (column.pattern && !new RegExp(column.pattern, 'u').test(text))) {
    return { fault: 'text_malformed', detail: { title: titleOf(column), example: column.example } };
  }
  return { value: text };
}

function idNumberValue(cell: Cell): Parsed {
  if (isRounded(cell)) return { fault: 'number_rounded' };
  const parsed = parseIdNumber(cell.text);
  if (isIdNumberFault(parsed)) {
    const { code, ...detail } = parsed;
    return { fault: code, detail };
  }
  return parsed.wasShort ? { value: parsed.value, warning: 'id_number_upgraded' } : { value: parsed.value };
}

function dateValue({ text, kind }: Cell, column: DateColumn): Parsed {
  const title = titleOf(column);
  const date = parseDate(text);
  if (!date) {
    const serial = kind === 'number' && /^[2-6]\d{4}$/.test(text) ? serialDate(Number(text)) : undefined;
    return { fault: 'date_malformed', detail: { title }, ...(serial === undefined ? {} : { suggestion: serial }) };
  }
  if (date < column.min || date > column.max)
    return { fault: 'date_out_of_range', detail: { title, min: column.min, max: column.max } };
  return { value: date };
}

/** What Excel means by a bare number where a date belongs. */
const serialDate = (serial: number): string => new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10);

const CHINESE = [
  '零',
  '一',
  '二',
  '三',
  '四',
  '五',
  '六',
  '七',
  '八',
  '九',
  '十',
  '十一',
  '十二',
  '十三',
  '十四',
  '十五',
  '十六',
];
const bareNumber = (text: string): string =>
  fold(text)
    .replace(/^第/, '')
    .replace(/(个?月|学期|学时|课时|学分|级|届|年|分|次)$/, '')
    .replace(/^(-?\d{1,3})((?:,\d{3})+)(?=$|\.)/, (whole) => whole.replaceAll(',', ''));

function integerValue({ text }: Cell, column: IntegerColumn): Parsed {
  const title = titleOf(column);
  const label = column.labels && findChoice(text, column.labels);
  const typed = label?.value ?? bareNumber(text);
  const chinese = CHINESE.indexOf(typed);
  if (chinese < 0 && !/^[+-]?\d{1,9}(\.0+)?$/.test(typed)) return { fault: 'number_malformed', detail: { title } };
  const value = chinese >= 0 ? chinese : Math.trunc(Number(typed));
  if (value < column.min || value > column.max)
    return { fault: 'number_out_of_range', detail: { title, min: column.min, max: column.max } };
  return { value };
}

function decimalValue({ text }: Cell, column: DecimalColumn): Parsed {
  const title = titleOf(column);
  const typed = bareNumber(text);
  const number = column.percent ? typed.replace(/%$/, '') : typed;
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d{1,9})(?:\.(\d{1,15}))?$/.exec(number) ?? [];
  if (whole === undefined) return { fault: 'number_malformed', detail: { title } };
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > column.scale) {
    return {
      fault: 'too_many_decimals',
      detail: { title, limit: column.scale },
      suggestion: Number(number).toFixed(column.scale),
    };
  }
  const value = Number(`${sign}${whole}${digits.padEnd(column.scale, '0')}`) + 0; // + 0: no minus zero
  const unit = 10 ** column.scale;
  if (value < column.min || value > column.max)
    return { fault: 'number_out_of_range', detail: { title, min: column.min / unit, max: column.max / unit } };
  return { value };
}

function choiceValue({ text }: Cell, column: ChoiceColumn): Parsed {
  const choice = findChoice(text, column.choices);
  return choice
    ? { value: choice.value }
    : {
        fault: 'choice_unknown',
        detail: { title: titleOf(column), choices: column.choices.map(({ title }) => title['zh-CN']).join('、') },
      };
}

function booleanValue({ text }: Cell, column: BooleanColumn): Parsed {
  const word = fold(text);
  if (column.yes.some((yes) => fold(yes) === word)) return { value: true };
  if (column.no.some((no) => fold(no) === word)) return { value: false };
  return { fault: 'choice_unknown', detail: { title: titleOf(column), choices: `${column.yes[0]}、${column.no[0]}` } };
}
