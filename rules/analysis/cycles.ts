import type { FactValue, Ruleset } from '../../schemas/ruleset.ts';
import type { Text } from '../../schemas/text.ts';
import { domainFault } from '../domain.ts';
import { factTexts } from '../explain.ts';
import type { LoadedRuleset } from '../load.ts';
import { allow, allows, covers, meet } from './box.ts';
import type { Box } from './box.ts';
import { settingOf, shortHash, undecided } from './finding.ts';
import type { Finding } from './finding.ts';
import { newForest, startIn, viewIn } from './forest.ts';
import type { Forest, View } from './forest.ts';
import { compareHeld, ladders as libraryLadders, LEAVE } from './ladders.ts';
import type { Held, Ladder } from './ladders.ts';
import { locateValue } from './locate.ts';
import { modelOf } from './model.ts';
import type { Model } from './model.ts';
import { grantingPart } from './questions/needless.ts';
import { filled, findingWords } from './sentences.ts';
import { spaceOf } from './space.ts';
import { Meter, Spent } from './uncovered.ts';
import { witnessOf } from './witness.ts';
import { regionOf } from './words.ts';

interface Point {
  ladder: Ladder;
  held: Held;
}

/** A rule that gives one thing for another. */
interface Step {
  from: Point;
  to: Point;
  source: Source;
  rule: number;
  fact: string;
  region: Box;
}

interface Source {
  doc: Ruleset;
  model: Model;
  forest: Forest;
  view: View;
}

/**
 * Ways through several rule sets that end higher on the ladder they began on: each exchange may be fair, the round is
 * not. Leave to apply or to sit is no exchange. A number counts as raised by a single rule that gives more than it takes.
 */
export function equivalenceCycles(
  documents: readonly LoadedRuleset[],
  { ladders = libraryLadders, budget = 10_000_000 }: { ladders?: readonly Ladder[]; budget?: number } = {},
): Finding[] {
  const meter = new Meter(budget);
  const sources = documents.map(({ doc }) => sourceOf(doc, meter));
  const known = new Map<string, Step[]>();
  const stepsFrom = (from: Point): Step[] => {
    const key = keyOf(from);
    const steps = known.get(key) ?? sources.flatMap((source) => stepsIn(source, { from, ladders }));
    known.set(key, steps);
    return steps;
  };
  const found = new Map<string, Finding>();
  try {
    for (const ladder of ladders)
      for (const held of startsOf(ladder, sources))
        for (const path of risesFrom({ ladder, held }, stepsFrom)) {
          const finding = findingOf(path);
          if (!found.has(finding.name)) found.set(finding.name, finding);
        }
  } catch (err) {
    if (!(err instanceof Spent)) throw err;
    return [...found.values(), undecided('equivalence_cycle', [])];
  }
  const wide = sources.flatMap(({ doc, model }) => [...model.wide].map((rule) => `${doc.id}/${doc.rules[rule]!.name}`));
  return wide.length === 0 ? [...found.values()] : [...found.values(), undecided('equivalence_cycle', wide)];
}

const keyOf = ({ ladder, held }: Point): string => `${ladder.id} ${held}`;

function sourceOf(doc: Ruleset, meter: Meter): Source {
  const model = modelOf(doc, spaceOf([doc])!); // one document does not contradict itself
  const forest = newForest(model.space.layout, meter);
  return { doc, model, forest, view: viewIn(forest, model, { gapped: false }) };
}

function startsOf({ steps, facts }: Ladder, sources: readonly Source[]): Held[] {
  if (steps !== 'number') return steps.flat();
  const lows = sources.flatMap(({ model: { space } }) =>
    facts.flatMap((fact) => space.dims[space.axis.get(fact) ?? -1]?.cells.flatMap(({ low }) => low ?? []) ?? []),
  );
  return [...new Set(lows)];
}

interface Asked {
  from: Point;
  ladders: readonly Ladder[];
}

/** What the rules of one document give to somebody who holds this. */
function stepsIn(source: Source, asked: Asked): Step[] {
  const { doc, model } = source;
  return asked.from.ladder.facts.flatMap((fact): Step[] => {
    const dim = model.space.axis.get(fact);
    if (dim === undefined || !Object.hasOwn(doc.facts, fact)) return [];
    if (domainFault(doc.facts[fact]!, asked.from.held) !== undefined) return [];
    const cell = locateValue(model.space.dims[dim]!.cells, asked.from.held);
    return doc.rules.flatMap((_, rule) => stepsBy({ ...asked, source, rule, fact, dim, cell }));
  });
}

function stepsBy(asked: Asked & { source: Source; rule: number; fact: string; dim: number; cell: number }): Step[] {
  const { source, rule, fact, dim, cell, from, ladders } = asked;
  const { model, forest, view, doc } = source;
  const given = conferred(doc, rule, ladders);
  const { layout } = model.space;
  if (given.length === 0 || !dependsOnAxis(model, rule, dim)) return [];
  const hunt = { forest, view, rule: doc.rules[rule]!.name };
  for (const box of model.rules[rule]!.sure) {
    if (!allows(layout, box, { dim, cell })) continue;
    const held = model.space.recorded.slice();
    held.fill(0, layout[dim]!, layout[dim + 1]!);
    allow(layout, held, { dim, cell });
    const region = meet(layout, box, held);
    const part = region === null ? null : grantingPart(hunt, region, startIn(forest, region));
    if (part !== null) return given.map((to) => ({ from, to, source, rule, fact, region: part }));
  }
  return [];
}

/** What its event confers, on whichever ladder; nothing if it only gives leave. */
function conferred(doc: Ruleset, rule: number, ladders: readonly Ladder[]): Point[] {
  const { type, params = {} } = doc.rules[rule]!.event;
  if (type !== 'grant' || LEAVE.includes(params.effect)) return [];
  return ladders.flatMap((ladder) =>
    ladder.params.flatMap((param): Point[] => {
      const value = Object.hasOwn(params, param) ? params[param] : undefined;
      if (value === undefined || typeof value === 'boolean') return [];
      return [{ ladder, held: ladder.alias?.[value] ?? value }];
    }),
  );
}

/** A rule that holds whatever the fact gives nothing for it. */
function dependsOnAxis({ space, rules }: Model, rule: number, dim: number): boolean {
  const [from, to] = [space.layout[dim]!, space.layout[dim + 1]!];
  const all = space.recorded.slice(from, to);
  return rules[rule]!.sure.some((box) => !covers(box.slice(from, to), all));
}

/** The shortest ways up from here, without passing anything twice. */
function risesFrom(start: Point, stepsFrom: (from: Point) => Step[]): Step[][] {
  const rises: Step[][] = [];
  const seen = new Set([keyOf(start)]);
  let paths: Step[][] = [[]];
  while (paths.length > 0) {
    const longer: Step[][] = [];
    for (const path of paths)
      for (const step of stepsFrom(path.at(-1)?.to ?? start)) {
        const way = [...path, step];
        if (isRise(start, way)) {
          rises.push(way);
          continue;
        }
        if (seen.has(keyOf(step.to))) continue;
        seen.add(keyOf(step.to));
        longer.push(way);
      }
    paths = longer;
  }
  return rises;
}

function isRise(start: Point, way: readonly Step[]): boolean {
  const { ladder, held } = way.at(-1)!.to;
  if (ladder !== start.ladder || compareHeld(ladder, held, start.held) <= 0) return false;
  return ladder.steps === 'number' || way.some(({ to }) => to.ladder !== ladder);
}

function findingOf(path: readonly Step[]): Finding {
  const [first] = path as [Step];
  const { doc, model } = first.source;
  const rules = path.map(({ source, rule }) => `${source.doc.id}/${source.doc.rules[rule]!.name}`);
  const words = (language: keyof Text): string => {
    const stops = path.map(({ to }, i) => ` → ${rules[i]} → ${pointText(path, to)[language]}`);
    return pointText(path, first.from)[language] + stops.join('');
  };
  return {
    code: 'equivalence_cycle',
    severity: 'error',
    name: `equivalence_cycle:${shortHash(rules)}`,
    rules,
    nodes: [],
    pointer: '',
    witness: witnessOf(model.space, doc, first.region),
    regions: path.map(({ source, region }) => regionOf(settingOf(source), region)),
    text: filled(findingWords.equivalence_cycle, { path: { 'zh-CN': words('zh-CN'), en: words('en') } }),
  };
}

/** "技能等级三级", in the words of a document that asks for it. */
function pointText(path: readonly Step[], { ladder, held }: Point): Text {
  const asking = path.find(({ from }) => from.ladder === ladder);
  const value: FactValue = held;
  const text =
    asking === undefined
      ? { 'zh-CN': String(held), en: String(held) }
      : factTexts(asking.source.doc, asking.fact, value).text;
  return { 'zh-CN': `${ladder.title['zh-CN']}${text['zh-CN']}`, en: `${ladder.title.en}: ${text.en}` };
}
