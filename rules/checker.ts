/**
 * A third reading of a rule document: a plain tree walk that shares nothing with the evaluators and imports nothing.
 * It re-derives a verdict from document and facts, and so checks the proof behind a decision record.
 * Written for reading beside rules.md §3, not for speed.
 */
type Value = unknown;
type Bag = { readonly [key: string]: Value };
type Third = 'T' | 'F' | 'U';

export interface Checked {
  type: string;
  code?: string;
  params?: Bag;
  events?: Value[];
  fired: string[];
  missing: string[];
  because: { kind: string; rules?: string[] };
}

interface DocumentLike {
  decision: {
    combine?: string | undefined;
    sumOf?: string | undefined;
    order?: readonly string[] | undefined;
    outcomes: Bag;
    scope?: Value;
    impossible?: readonly { when: Value }[] | undefined;
    otherwise: EventLike;
  };
  facts: Bag;
  lists?: Bag | undefined;
  conditions?: Bag | undefined;
  rules: readonly { name: string; conditions: Value; event: EventLike }[];
  notes: Bag;
}

interface EventLike {
  type: string;
  params?: Bag | undefined;
}

/** The verdict that document and facts lead to; throws on a fact of a wrong type or outside its domain. */
export function check(doc: DocumentLike, facts: Bag): Checked {
  const known: Record<string, Value> = {};
  for (const id of Object.keys(doc.facts))
    known[id] = lawful(id, doc.facts[id] as Bag, Object.hasOwn(facts, id) ? facts[id] : null);
  return judge(new Walk(doc, known));
}

/** Where a decision record departs from what its document and its facts give; empty when it is genuine. */
export function checkRecord(
  doc: DocumentLike,
  record: { facts: Bag; fired: readonly string[]; outcome: Bag },
): string[] {
  const { fired, ...outcome } = check(doc, record.facts);
  const given = { missing: [], ...record.outcome };
  const faults: string[] = [];
  if (!same(fired, record.fired)) faults.push('fired');
  for (const key of new Set([...Object.keys(outcome), ...Object.keys(given)]))
    if (!same((outcome as unknown as Bag)[key], (given as Bag)[key])) faults.push(`outcome.${key}`);
  return faults;
}

class Walk {
  readonly doc: DocumentLike;
  readonly known: Bag;
  constructor(doc: DocumentLike, known: Bag) {
    this.doc = doc;
    this.known = known;
  }

  truth(node: Value): Third {
    const given = node as Bag;
    if (given.condition !== undefined) return this.truth(this.doc.conditions?.[given.condition as string]);
    if (given.fact !== undefined) return this.leaf(given);
    if (given.not !== undefined) {
      const inner = this.truth(given.not);
      return inner === 'U' ? 'U' : inner === 'T' ? 'F' : 'T';
    }
    const [decisive, neutral]: readonly [Third, Third] = given.all !== undefined ? ['F', 'T'] : ['T', 'F'];
    let answer: Third = neutral;
    for (const part of (given.all ?? given.any) as Value[]) {
      const one = this.truth(part);
      if (one === decisive) return decisive;
      if (one === 'U') answer = 'U';
    }
    return answer;
  }

  private leaf(leaf: Bag): Third {
    const got = this.known[leaf.fact as string];
    if (got === null) return 'U';
    return this.holds(leaf.operator as string, got, leaf.value) ? 'T' : 'F';
  }

  private holds(operator: string, got: Value, value: Value): boolean {
    if (operator === 'equal') return got === value;
    if (operator === 'notEqual') return got !== value;
    if (operator === 'in') return has(value, got);
    if (operator === 'notIn') return !has(value, got);
    if (operator === 'inList') return has(this.doc.lists?.[value as string], got);
    if (operator === 'notInList') return !has(this.doc.lists?.[value as string], got);
    if (operator === 'contains') return has(got, value);
    if (operator === 'doesNotContain') return !has(got, value);
    const difference = (got as number) - (value as number);
    if (operator === 'lessThan') return difference < 0;
    if (operator === 'lessThanInclusive') return difference <= 0;
    if (operator === 'greaterThan') return difference > 0;
    if (operator === 'greaterThanInclusive') return difference >= 0;
    throw new Error(`unknown operator ${operator}`);
  }

  /** Missing facts behind an unknown node, through unknown nodes only. */
  waitingFor(node: Value): string[] {
    if (this.truth(node) !== 'U') return [];
    const given = node as Bag;
    if (given.fact !== undefined) return [given.fact as string];
    if (given.condition !== undefined) return this.waitingFor(this.doc.conditions?.[given.condition as string]);
    if (given.not !== undefined) return this.waitingFor(given.not);
    const names: string[] = [];
    for (const part of (given.all ?? given.any) as Value[]) names.push(...this.waitingFor(part));
    return names;
  }
}

function judge(walk: Walk): Checked {
  const { doc, known } = walk;
  const scope = doc.decision.scope === undefined ? 'T' : walk.truth(doc.decision.scope);
  const absent = (how: string): string[] =>
    Object.keys(doc.facts).filter((id) => (doc.facts[id] as Bag).missing === how && known[id] === null);
  if (scope === 'F' || absent('not-applicable').length > 0) return plain('out-of-scope', { kind: 'out-of-scope' });
  if (scope === 'U' || absent('required').length > 0) {
    const waiting = [...absent('required'), ...(scope === 'U' ? walk.waitingFor(doc.decision.scope) : [])];
    return { ...plain('undetermined', { kind: 'missing' }), missing: sorted(waiting) };
  }
  for (const { when } of doc.decision.impossible ?? [])
    if (walk.truth(when) === 'T') return { ...plain('refer', { kind: 'impossible' }), code: referCode(doc) };
  return judgeRules(walk);
}

function judgeRules(walk: Walk): Checked {
  const { doc } = walk;
  const truths = new Map(doc.rules.map((rule) => [rule.name, walk.truth(rule.conditions)]));
  const fired = doc.rules.map((rule) => rule.name).filter((name) => truths.get(name) === 'T');
  const displaced = new Set<string>();
  for (const name of fired) displace(doc, name, displaced);
  const standing = doc.rules.filter((rule) => !displaced.has(rule.name));
  const left = standing.filter((rule) => truths.get(rule.name) === 'T');
  const open = standing.filter((rule) => truths.get(rule.name) === 'U' && mayChange(doc, rule, left));
  if (open.length > 0) {
    const missing = sorted(open.flatMap((rule) => walk.waitingFor(rule.conditions)));
    return { ...plain('undetermined', { kind: 'missing', rules: open.map((rule) => rule.name) }), fired, missing };
  }
  return { ...settle(doc, left), fired };
}

type RuleLike = DocumentLike['rules'][number];

function displace(doc: DocumentLike, name: string, displaced: Set<string>): void {
  const overrides = ((doc.notes[name] as Bag | undefined)?.overrides ?? []) as string[];
  for (const other of overrides) {
    if (displaced.has(other)) continue;
    displaced.add(other);
    displace(doc, other, displaced);
  }
}

function mayChange(doc: DocumentLike, rule: RuleLike, left: readonly RuleLike[]): boolean {
  const first = left[0];
  if (first === undefined) return true;
  if (doc.decision.combine === 'agree') return left.some((other) => !same(other.event, rule.event));
  if (doc.decision.combine !== 'first') return true;
  const exceptedBy = new Set<string>();
  displace(doc, rule.name, exceptedBy);
  return doc.rules.indexOf(rule) < doc.rules.indexOf(first) || exceptedBy.has(first.name);
}

function settle(doc: DocumentLike, left: readonly RuleLike[]): Checked {
  const first = left[0];
  if (first === undefined) return happen(doc, doc.decision.otherwise, { kind: 'otherwise' });
  const rules = left.map((rule) => rule.name);
  const combine = doc.decision.combine ?? 'unique';
  if (combine === 'first') return happen(doc, first.event, { kind: 'rule', rules: [first.name] });
  if (combine === 'collect' || combine === 'sum') return gather(doc, left);
  const single = left.length === 1 || (combine === 'agree' && left.every((rule) => same(rule.event, first.event)));
  if (single) return happen(doc, first.event, { kind: 'rule', rules });
  return { ...plain('refer', { kind: 'conflict', rules }), code: referCode(doc) };
}

function gather(doc: DocumentLike, left: readonly RuleLike[]): Checked {
  const types = left.map((rule) => rule.event.type);
  const type =
    [...(doc.decision.order ?? ['deny', 'refer', 'grant']), ...types].find((kind) => types.includes(kind)) ?? 'refer';
  const because = { kind: 'rule', rules: left.map((rule) => rule.name) };
  const checked: Checked = { ...happen(doc, { type }, because), events: left.map((rule) => rule.event) };
  const param = doc.decision.sumOf;
  if (doc.decision.combine !== 'sum' || type !== 'grant' || param === undefined) return checked;
  let total = 0;
  for (const rule of left)
    if (typeof rule.event.params?.[param] === 'number') total += rule.event.params[param] as number;
  return { ...checked, params: { [param]: total } };
}

function happen(doc: DocumentLike, event: EventLike, because: Checked['because']): Checked {
  const checked: Checked = {
    ...plain(event.type, because),
    code: (doc.decision.outcomes[event.type] as Bag).code as string,
  };
  if (event.params !== undefined) checked.params = event.params;
  return checked;
}

function plain(type: string, because: Checked['because']): Checked {
  return { type, fired: [], missing: [], because };
}

function referCode(doc: DocumentLike): string {
  return ((doc.decision.outcomes.refer as Bag | undefined)?.code as string | undefined) ?? 'referred';
}

function lawful(id: string, fact: Bag, value: Value): Value {
  if (value === null || value === undefined) return null;
  if (!isLawful(fact, value)) throw new Error(`fact ${id} is not lawful`);
  return value;
}

function isLawful(fact: Bag, value: Value): boolean {
  const { type } = fact;
  if (type === 'boolean') return value === true || value === false;
  if (type === 'enum') return isText(fact, value);
  if (type === 'list')
    return (
      Array.isArray(value) && value.length <= 5_000 && Array.from(value as Value[]).every((part) => isText(fact, part))
    );
  if (
    !Number.isSafeInteger(value) ||
    (value as number) < (fact.min as number) ||
    (value as number) > (fact.max as number)
  )
    return false;
  return type !== 'date' || isDay(String(value));
}

function isText(fact: Bag, value: Value): boolean {
  if (typeof value !== 'string') return false;
  const values = (fact.values ?? []) as string[];
  return values.length > 0 ? values.includes(value) : value.length > 0 && value.length <= 500;
}

function isDay(digits: string): boolean {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const day = new Date(`${iso}T00:00:00.000Z`);
  return digits.length === 8 && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
}

function has(list: Value, wanted: Value): boolean {
  for (const one of list as Value[]) if (one === wanted) return true;
  return false;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const keys = Object.keys(a).filter((key) => (a as Bag)[key] !== undefined);
  const others = Object.keys(b).filter((key) => (b as Bag)[key] !== undefined);
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && same((a as Bag)[key], (b as Bag)[key]))
  );
}
