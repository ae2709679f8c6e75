import type { ImportDefinition } from '../../schemas/import-columns.ts';
import type { RowFaultCode } from '../../schemas/import-faults.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import { isIdNumberFault, parseIdNumber } from '../../schemas/id-number.ts';
import type { Recognised } from './columns.ts';
import { rowFault } from './fault.ts';
import type { FaultPlace } from './fault.ts';
import type { ReadRow } from './rows.ts';

/** What a row's values say to each other; a value that could not be read is not judged twice. */
export function checkRow(read: ReadRow, definition: ImportDefinition, found: Recognised): RowFault[] {
  const { row, values, faultyKeys } = read;
  const faults: RowFault[] = [];
  const title = titlesOf(definition);
  const fault = (code: RowFaultCode, key: string, detail: FaultPlace['detail']): void => {
    faults.push(
      rowFault(code, { ...placeOf(key, row, found), header: title(key), value: String(values[key] ?? ''), detail }),
    );
  };
  for (const keys of definition.oneOf ?? []) {
    if (keys.every((key) => values[key] === null && !faultyKeys.has(key)))
      fault('one_of_missing', keys[0] ?? '', { titles: keys.map(title).join('、') });
  }
  for (const { key, when, in: ones } of definition.requiredWhen ?? []) {
    const isAsked = ones.includes(String(values[when]));
    if (isAsked && values[key] === null && !faultyKeys.has(key)) fault('value_missing', key, { title: title(key) });
  }
  for (const [earlier, later] of definition.dateOrder ?? []) {
    const [from, to] = [values[earlier] ?? null, values[later] ?? null];
    if (from !== null && to !== null && to < from)
      fault('date_order', later, { title: title(later), other: title(earlier) });
  }
  if (definition.markExcludes) {
    const { mark, scores } = definition.markExcludes;
    for (const key of scores) {
      if (values[mark] !== null && values[key] !== null)
        fault('score_and_mark', key, { mark: labelOf(definition, mark, values[mark]) });
    }
  }
  return faults;
}

/** The register settles who somebody is; the file only gets a hint. */
export function warningsOf({ row, values }: ReadRow, found: Recognised): RowFault[] {
  const { gender, idNumber } = values;
  if (typeof gender !== 'string' || typeof idNumber !== 'string') return [];
  const parsed = parseIdNumber(idNumber);
  if (isIdNumberFault(parsed) || parsed.gender === gender) return [];
  return [
    rowFault('gender_differs', {
      ...placeOf('gender', row, found),
      suggestion: parsed.gender === 'male' ? '男' : '女',
    }),
  ];
}

/** Rows that name the same thing as an earlier one. */
export function doubles(rows: readonly ReadRow[], definition: ImportDefinition, found: Recognised): RowFault[] {
  const title = titlesOf(definition);
  return definition.unique.flatMap((keys) => {
    const blankNames = new Set(definition.blankNames ?? []);
    const titles = keys.map(title).join('、');
    const first = new Map<string, number>();
    return rows.flatMap(({ row, values }) => {
      const parts = keys.map((key) => values[key] ?? null);
      // a blank component is the course total; a blank number names nothing
      const isNamed = keys.every((key, i) => parts[i] !== null || blankNames.has(key));
      if (!isNamed) return [];
      const name = JSON.stringify(parts);
      const other = first.get(name);
      if (other === undefined) first.set(name, row);
      return other === undefined
        ? []
        : [
            rowFault('row_doubled', {
              ...placeOf(keys[0] ?? '', row, found),
              value: String(parts[0]),
              detail: { other, titles },
            }),
          ];
    });
  });
}

const titlesOf =
  (definition: ImportDefinition) =>
  (key: string): string =>
    definition.columns.find((column) => column.key === key)?.title['zh-CN'] ?? key;

function placeOf(key: string, row: number, { columns, components }: Recognised): FaultPlace {
  const place = columns.find(({ definition }) => definition.key === key);
  return { row, column: place?.column ?? components[0]?.column, header: place?.header };
}

function labelOf(definition: ImportDefinition, key: string, value: unknown): string {
  const column = definition.columns.find((other) => other.key === key);
  const choice = column?.type === 'choice' ? column.choices.find((other) => other.value === value) : undefined;
  return choice?.title['zh-CN'] ?? String(value);
}
