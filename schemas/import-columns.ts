import type { Text } from './text.ts';

/** One permitted answer of a choice: what is stored, what is shown, and what else people write for it. */
export interface Choice {
  value: string;
  title: Text;
  aliases?: readonly string[];
}

interface ColumnBase {
  key: string;
  title: Text;
  /** Other headers people use for this column. */
  aliases?: readonly string[];
  /** The column must be there and every row must have a value. */
  required: boolean;
  example: string;
  /** A hint for the template's sheet 填写说明. */
  note?: Text;
}

export interface TextColumn extends ColumnBase {
  type: 'text';
  max: number;
  pattern?: string;
}
export interface IdNumberColumn extends ColumnBase {
  type: 'idNumber';
}
export interface DateColumn extends ColumnBase {
  type: 'date';
  min: string;
  max: string;
}
export interface IntegerColumn extends ColumnBase {
  type: 'integer';
  min: number;
  max: number;
  fallback?: number;
  labels?: readonly Choice[];
}
/** `min` and `max` are scaled like the value: 1000 at scale 1 is 100.0. */
export interface DecimalColumn extends ColumnBase {
  type: 'decimal';
  scale: 1 | 2;
  min: number;
  max: number;
  percent?: boolean;
  markInto?: string;
}
export interface ChoiceColumn extends ColumnBase {
  type: 'choice';
  choices: readonly Choice[];
}
export interface BooleanColumn extends ColumnBase {
  type: 'boolean';
  yes: readonly string[];
  no: readonly string[];
}
export type ImportColumn =
  | TextColumn
  | IdNumberColumn
  | DateColumn
  | IntegerColumn
  | DecimalColumn
  | ChoiceColumn
  | BooleanColumn;

export type ImportValue = string | number | boolean | null;

/** A kind of import, as data: the template, the reader and the fault list are all made from it. */
export interface ImportDefinition {
  kind: string;
  title: Text;
  columns: readonly ImportColumn[];
  /** Columns that together name a row: two rows with the same values are doubles. A key with an empty part is not compared. */
  unique: readonly (readonly string[])[];
  /** Columns in which a blank is a name too: a score without a component is the course total. */
  blankNames?: readonly string[];
  /** Of each list at least one column must have a value. */
  oneOf?: readonly (readonly string[])[];
  /** Required only when another column has one of these values. */
  requiredWhen?: readonly { key: string; when: string; in: readonly string[] }[];
  /** `[earlier, later]`: the second date must not be before the first. */
  dateOrder?: readonly (readonly [string, string])[];
  /** A mark of `mark` excludes a value in `scores`. */
  markExcludes?: { mark: string; scores: readonly string[] };
  /** Sheets with one column a component are turned into one row a component. */
  wide?: { component: string; value: string; mark: string; totals: readonly string[] };
}

type ValueOf<C extends ImportColumn> = C extends { type: 'integer' | 'decimal' }
  ? number
  : C extends { type: 'boolean' }
    ? boolean
    : string;

/** The values of one accepted row of a definition; what is not required may be null. */
export type RowOf<D extends ImportDefinition> = {
  [C in D['columns'][number] as C['key']]: C['required'] extends true ? ValueOf<C> : ValueOf<C> | null;
};
