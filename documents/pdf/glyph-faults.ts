import type { Fault } from '../../schemas/problem.ts';
import { Problem } from '../../schemas/problem.ts';
import { missingGlyphs } from './fonts.ts';

/** Looks through every text of a value before anything is drawn; names each place and its characters. */
export function refuseMissingGlyphs(value: unknown): void {
  const faults = glyphFaults(value, '');
  if (faults.length) throw new Problem('glyph_missing', faults);
}

function glyphFaults(value: unknown, pointer: string): Fault[] {
  if (typeof value === 'string') {
    const characters = missingGlyphs(value);
    return characters.length ? [{ pointer, code: 'glyph_missing', detail: { characters } }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => glyphFaults(part, `${pointer}/${key}`));
}
