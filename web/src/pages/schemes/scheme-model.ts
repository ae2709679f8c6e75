import type { components, paths } from '../../api/schema.d.ts';

export type SchemeList = paths['/v1/courses/{id}/schemes']['get']['responses']['200']['content']['application/json'];
export type Scheme = components['schemas']['Scheme'];
type Component = components['schemas']['SchemeComponent'];
export type Part = NonNullable<
  paths['/v1/courses/{id}/schemes']['post']['requestBody']
>['content']['application/json']['components'][number];

export const kinds = ['process', 'midterm', 'practical', 'theory', 'project', 'final'] as const;
export const WHOLE = 10_000;
const HUNDRED = 100;
const TENTHS = 10;

/** One line of the form, as it is typed. */
export interface Line {
  key: number;
  name: string;
  kind: Component['kind'];
  percent: number | null;
  max: number | null;
  unitId: string | null;
}

export type LineFault = 'nameless' | 'doubled' | 'weightless' | 'maxless';

const lineOf = ({ name, kind, weight, maxScore, unitId }: Component, key: number): Line => ({
  key,
  name,
  kind,
  percent: weight / HUNDRED,
  max: maxScore / TENTHS,
  unitId,
});

export const emptyLine = (key: number): Line => ({
  key,
  name: '',
  kind: 'process',
  percent: null,
  max: HUNDRED,
  unitId: null,
});

/** A further version starts from the one in force. */
export function linesOf(scheme: Scheme | undefined): Line[] {
  return scheme ? scheme.components.map(lineOf) : [emptyLine(0)];
}

const weightOf = ({ percent }: Line): number => Math.round((percent ?? 0) * HUNDRED);

/** In hundredths of a percent, so that three thirds are seen for what they are. */
export const sumOf = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + weightOf(line), 0);

export function faultOf(line: Line, lines: readonly Line[]): LineFault | null {
  const name = line.name.trim();
  if (name === '') return 'nameless';
  if (lines.some((other) => other !== line && other.name.trim() === name)) return 'doubled';
  if (weightOf(line) < 1) return 'weightless';
  return line.max === null || line.max < 1 ? 'maxless' : null;
}

export const isWhole = (lines: readonly Line[]): boolean =>
  sumOf(lines) === WHOLE && lines.every((line) => faultOf(line, lines) === null);

/** As the API takes them: hundredths of a percent, tenths of a point. */
export function partsOf(lines: readonly Line[]): Part[] {
  return lines.map((line) => ({
    name: line.name.trim(),
    kind: line.kind,
    weight: weightOf(line),
    maxScore: Math.round((line.max ?? HUNDRED) * TENTHS),
    ...(line.unitId !== null && { unitId: line.unitId }),
  }));
}
