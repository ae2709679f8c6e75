import type { Operator } from '../schemas/ruleset.ts';

type Test = (got: unknown, value: unknown) => boolean;

/** json-rules-engine lets a comparison see only what starts like a number. */
function looksNumeric(got: unknown): boolean {
  return !Number.isNaN(Number.parseFloat(got as string));
}

/** Comparisons exactly as json-rules-engine 7.3.1 makes them, accidents with strange values included. */
export const rawOperators: Readonly<Record<Exclude<Operator, 'inList' | 'notInList'>, Test>> = {
  equal: (got, value) => got === value,
  notEqual: (got, value) => got !== value,
  in: (got, value) => (value as unknown[]).indexOf(got) > -1,
  notIn: (got, value) => (value as unknown[]).indexOf(got) === -1,
  contains: (got, value) => Array.isArray(got) && got.indexOf(value) > -1,
  doesNotContain: (got, value) => Array.isArray(got) && got.indexOf(value) === -1,
  lessThan: (got, value) => looksNumeric(got) && (got as number) < (value as number),
  lessThanInclusive: (got, value) => looksNumeric(got) && (got as number) <= (value as number),
  greaterThan: (got, value) => looksNumeric(got) && (got as number) > (value as number),
  greaterThanInclusive: (got, value) => looksNumeric(got) && (got as number) >= (value as number),
};
