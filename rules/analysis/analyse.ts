import type { LoadedRuleset } from '../load.ts';
import { meets } from './box.ts';
import { undecided } from './finding.ts';
import type { Finding, Inquiry } from './finding.ts';
import { groundOf, modelOf } from './model.ts';
import type { Model } from './model.ts';
import { alwaysFires, neverFires, unreachable } from './questions/firing.ts';
import { gaps } from './questions/gaps.ts';
import { hazards } from './questions/hazards.ts';
import { valuesOutside } from './questions/leaves.ts';
import { legalBasis } from './questions/legal-basis.ts';
import { gradedFacts, notMonotone } from './questions/monotone.ts';
import { needlessFacts } from './questions/needless.ts';
import type { Needless } from './questions/needless.ts';
import { conflict, subsumed } from './questions/pairs.ts';
import { redundantInCondition, redundantInRule } from './questions/redundant.ts';
import type { Question } from './sentences.ts';
import { spaceOf } from './space.ts';
import { Meter, Spent } from './uncovered.ts';

export type { Finding, FindingCode } from './finding.ts';
export type { Region } from './words.ts';

export interface Analysis {
  findings: Finding[];
  /** Of each granting rule: the facts it can grant without. */
  needless: Needless[];
  /** Questions the budget did not answer, with the rules they concern. */
  notDecided: { question: string; rules: string[] }[];
  /** Cases said to be impossible: left out of everything above. */
  impossible: number;
  /** Into how many cells the facts are cut. */
  cells: number;
}

/** Boxes held against regions, for each kind of question: at worst about a second together. */
const BUDGET = 2_000_000;

/** What can be said of a document without any student: proved, shown by a case, or said to be undecided. */
export function analyse(loaded: LoadedRuleset, { budget = BUDGET }: { budget?: number } = {}): Analysis {
  const { doc } = loaded;
  const space = spaceOf([doc])!; // one document does not contradict itself
  const survey = new Survey(inquiryOf(loaded, modelOf(doc, space), budget), budget);
  survey.all();
  const { findings, needless, open } = survey;
  const notDecided = [...open].map(([question, rules]) => ({ question, rules: [...rules] }));
  return {
    findings: [...findings, ...notDecided.map(({ question, rules }) => undecided(question, rules))],
    needless,
    notDecided,
    impossible: doc.decision.impossible?.length ?? 0,
    cells: space.dims.reduce((total, { cells }) => total + cells.length, 0),
  };
}

/** Without a ground to stand on every question stays open. */
function inquiryOf(loaded: LoadedRuleset, model: Model, budget: number): Inquiry {
  const inquiry = { loaded, doc: loaded.doc, model, meter: new Meter(budget) };
  try {
    const whole = groundOf(model, { gapped: false, meter: new Meter(budget) });
    return { ...inquiry, whole, gapped: groundOf(model, { gapped: true, meter: new Meter(budget) }) };
  } catch (err) {
    if (!(err instanceof Spent)) throw err;
    const nowhere = { within: [], except: [] };
    return { ...inquiry, model: { ...model, frameIsWide: true }, whole: nowhere, gapped: nowhere };
  }
}

type Ask = (inquiry: Inquiry) => Finding[];

/** Asks one kind of question after the other, each with a budget of its own. */
class Survey {
  readonly findings: Finding[] = [];
  readonly needless: Needless[] = [];
  readonly open = new Map<Question, Set<string>>();
  private readonly inquiry: Inquiry;
  private readonly budget: number;
  private left: number;

  constructor(inquiry: Inquiry, budget: number) {
    this.inquiry = inquiry;
    this.budget = budget;
    this.left = budget;
  }

  all(): void {
    const { doc } = this.inquiry;
    this.findings.push(...valuesOutside(this.inquiry));
    this.ofRules('never_fires', neverFires);
    this.ofPairs('conflict', conflict);
    this.ofRules('unreachable', unreachable, { needsAll: true });
    this.begin();
    this.ask('gap', this.allRules, gaps);
    this.begin();
    for (const fact of gradedFacts(doc.facts)) this.ask('not_monotone', this.allRules, (all) => notMonotone(all, fact));
    this.ofRules('always_fires', alwaysFires);
    this.ofPairs('subsumed', subsumed);
    this.ofRules('redundant_condition', redundantInRule);
    for (const condition of Object.keys(doc.conditions ?? {}))
      this.ask('redundant_condition', [], (all) => redundantInCondition(all, condition));
    this.ofRules('missing_data_hazard', hazards);
    this.findings.push(...this.allRules.flatMap((rule) => legalBasis(this.inquiry, rule)));
    this.ofGrants();
  }

  private get allRules(): number[] {
    return this.inquiry.doc.rules.map((_, rule) => rule);
  }

  private begin(): void {
    this.left = this.budget;
  }

  private ofRules(
    question: Question,
    ask: (inquiry: Inquiry, rule: number) => Finding[],
    { needsAll }: { needsAll?: true } = {},
  ): void {
    this.begin();
    for (const rule of this.allRules)
      this.ask(question, [rule], (inquiry) => {
        if (needsAll && inquiry.model.wide.size > 0) throw new Spent();
        return ask(inquiry, rule);
      });
  }

  /** Every ordered pair for what is not symmetrical; a pair found one way is not asked again the other way. */
  private ofPairs(question: 'conflict' | 'subsumed', ask: (inquiry: Inquiry, a: number, b: number) => Finding[]): void {
    this.begin();
    const { rules } = this.inquiry.doc;
    for (let a = 0; a < rules.length; a += 1)
      for (let b = a + 1; b < rules.length; b += 1) {
        if (!this.mayMeet(a, b)) continue;
        const found = this.ask(question, [a, b], (inquiry) => ask(inquiry, a, b));
        if (question === 'subsumed' && found === 0) this.ask(question, [a, b], (inquiry) => ask(inquiry, b, a));
      }
  }

  /** Most pairs of a table have nothing in common, and are done with here. */
  private mayMeet(a: number, b: number): boolean {
    const { rules, wide, space } = this.inquiry.model;
    if (wide.has(a) || wide.has(b)) return true;
    const [first, second] = [rules[a]!.sure, rules[b]!.sure];
    for (const box of first) for (const other of second) if (meets(space.layout, box, other)) return true;
    return false;
  }

  private ofGrants(): void {
    this.begin();
    const { doc } = this.inquiry;
    const granting = this.allRules.filter((rule) => doc.rules[rule]!.event.type === 'grant');
    // one forest for all rules, and an equal share of the budget for each
    const meter = new Meter(this.budget);
    const facts = needlessFacts({ ...this.inquiry, meter });
    for (const rule of granting)
      this.ask('needless', [rule], ({ model }) => {
        if (model.wide.size > 0) throw new Spent();
        meter.left = this.budget / granting.length;
        this.needless.push(facts(rule));
        return [];
      });
  }

  /** How many findings; a question that runs out of budget stays open. */
  private ask(question: Question, rules: readonly number[], ask: Ask): number {
    const { model, doc } = this.inquiry;
    const meter = new Meter(this.left);
    try {
      if (model.frameIsWide || rules.some((rule) => model.wide.has(rule))) throw new Spent();
      const found = ask({ ...this.inquiry, meter });
      this.findings.push(...found);
      return found.length;
    } catch (err) {
      if (!(err instanceof Spent)) throw err;
      const open = this.open.get(question) ?? new Set();
      this.open.set(question, open);
      for (const rule of rules) open.add(doc.rules[rule]!.name);
      return 0;
    } finally {
      this.left = Math.max(0, meter.left);
    }
  }
}
