import type { KnownScheme } from './scores-look-up.ts';

/** A scheme to make, or one that is there. */
export interface ChosenScheme {
  /** Null where it has to be made. */
  id: string | null;
  components: readonly { name: string; weight: number; max: number }[];
  /** The weights were given by nobody. */
  assumed: boolean;
}

const WHOLE = 10_000;
const HUNDRED_POINTS = 1_000;

interface Choosing {
  /** Component names of the file, in its order; none where the file has totals only. */
  names: readonly string[];
  weights: Readonly<Record<string, number>> | undefined;
  /** Newest last. */
  known: readonly KnownScheme[];
}

/** The newest scheme that fits the file; else one made from the weights given, or with components that weigh alike. */
export function chooseScheme({ names, weights, known }: Choosing): ChosenScheme {
  if (names.length === 0) return existing(known.at(-1)) ?? { id: null, components: [totalOnly], assumed: false };
  const fitting = [...known].reverse().find((scheme) => fits(scheme, { names, weights }));
  if (fitting) return { id: fitting.id, components: fitting.components, assumed: false };
  if (weights)
    return {
      id: null,
      components: Object.entries(weights).map(([name, weight]) => component(name, weight)),
      assumed: false,
    };
  return { id: null, components: evenly(names), assumed: true };
}

/** A sheet without components still needs a scheme: one part that is the whole. */
const totalOnly = { name: '总评', weight: WHOLE, max: HUNDRED_POINTS };

const component = (name: string, weight: number) => ({ name, weight, max: HUNDRED_POINTS });

const existing = (scheme: KnownScheme | undefined): ChosenScheme | undefined =>
  scheme && { id: scheme.id, components: scheme.components, assumed: false };

function fits({ components }: KnownScheme, { names, weights }: Pick<Choosing, 'names' | 'weights'>): boolean {
  const own = new Map(components.map(({ name, weight }) => [name, weight]));
  if (names.some((name) => !own.has(name))) return false;
  if (!weights) return true;
  return (
    Object.keys(weights).length === own.size &&
    Object.entries(weights).every(([name, weight]) => own.get(name) === weight)
  );
}

function evenly(names: readonly string[]): ChosenScheme['components'] {
  const share = Math.floor(WHOLE / names.length);
  return names.map((name, index) =>
    component(name, index === names.length - 1 ? WHOLE - share * (names.length - 1) : share),
  );
}

const kinds: readonly [RegExp, string][] = [
  [/期末|终结/, 'final'],
  [/期中/, 'midterm'],
  [/实操|实训|技能|实践|操作/, 'practical'],
  [/理论|笔试/, 'theory'],
  [/项目|作品|设计/, 'project'],
];

/** What kind of component a name most likely means; process assessment where it says nothing. */
export function componentKind(name: string): string {
  return kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'process';
}
