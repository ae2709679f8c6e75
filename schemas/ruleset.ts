import { z } from 'zod';
import { LegalDate, Text } from './text.ts';

/** `ruleset/1` (rules.md §2): the closed form of a rule document. What zod cannot say is in rules/dialect.ts. */
export const limits = {
  bytes: 1_048_576,
  values: 150_000,
  nesting: 40,
  depth: 8,
  children: 50,
  inValues: 50,
  listValues: 5_000,
  rules: 500,
  expandedLeaves: 5_000,
  facts: 60,
  tests: 500,
  faults: 200,
} as const;

export const operators = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'contains',
  'doesNotContain',
  'inList',
  'notInList',
] as const;
export type Operator = (typeof operators)[number];
export const eventTypes = ['grant', 'deny', 'refer'] as const;
export type EventType = (typeof eventTypes)[number];

const NodeName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, { error: 'name_malformed' });
const Key = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,79}$/, { error: 'name_malformed' });
const Citation = z.string().min(3).max(160);
const Scalar = z.union([z.int(), z.boolean(), z.string().max(500)]);

export interface Leaf {
  name: string;
  fact: string;
  operator: Operator;
  value: number | string | boolean | (number | string)[];
}
export interface Reference {
  condition: string;
  name: string;
}
export interface All {
  name?: string | undefined;
  all: Node[];
}
export interface Any {
  name?: string | undefined;
  any: Node[];
}
export interface Not {
  name?: string | undefined;
  not: Node;
}
export type Node = All | Any | Not | Reference | Leaf;
export type Tree = All | Any | Not | Reference;

const LeafNode = z.strictObject({
  name: NodeName,
  fact: Key,
  operator: z.enum(operators),
  value: z.union([
    Scalar,
    z
      .array(z.union([z.int(), z.string().max(500)]))
      .min(1)
      .max(limits.inValues),
  ]),
});
const ReferenceNode = z.strictObject({ condition: Key, name: NodeName });
const Children = z
  .array(z.lazy(() => Condition))
  .min(1)
  .max(limits.children);
const AllNode = z.strictObject({ name: NodeName.optional(), all: Children });
const AnyNode = z.strictObject({ name: NodeName.optional(), any: Children });
const NotNode = z.strictObject({ name: NodeName.optional(), not: z.lazy(() => Condition) });
export const Condition: z.ZodType<Node> = z.union([AllNode, AnyNode, NotNode, ReferenceNode, LeafNode]);
export const Root: z.ZodType<Tree> = z.union([AllNode, AnyNode, NotNode, ReferenceNode]);

const Titles = z.record(z.string(), Text);
const NumericParam = { min: z.int(), max: z.int(), unit: z.string().min(1).max(20).optional(), title: Text.optional() };
export const ParamDefinition = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('integer'), ...NumericParam }),
  z.strictObject({ type: z.literal('decimal'), scale: z.int().min(1).max(4), ...NumericParam }),
  z.strictObject({ type: z.literal('date'), title: Text.optional() }),
  z.strictObject({ type: z.literal('boolean'), title: Text.optional() }),
  z.strictObject({
    type: z.literal('enum'),
    values: z.array(z.string().min(1).max(200)).min(1).max(limits.listValues),
    title: Text.optional(),
    titles: Titles.optional(),
  }),
]);
export type ParamDefinition = z.infer<typeof ParamDefinition>;

export const RuleEvent = z.strictObject({
  type: z.enum(eventTypes),
  params: z.record(Key, Scalar).optional(),
});
export type RuleEvent = z.infer<typeof RuleEvent>;

const Outcome = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'code_malformed' }),
  title: Text,
  params: z.record(Key, ParamDefinition).optional(),
});

const FactCommon = {
  title: Text,
  titles: Titles.optional(),
  unit: z.string().min(1).max(20).optional(),
  source: z.string().regex(/^(register|derived):\S.{0,199}$/, { error: 'source_malformed' }),
  missing: z.enum(['undetermined', 'required', 'not-applicable']).optional(),
  better: z.enum(['higher', 'lower']).optional(),
  sensitivity: z.literal('personal').optional(),
};
const Values = z.array(z.string().min(1).max(200)).max(limits.listValues).optional();
export const FactDeclaration = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('integer'), min: z.int(), max: z.int(), ...FactCommon }),
  z.strictObject({
    type: z.literal('decimal'),
    scale: z.int().min(1).max(4),
    min: z.int(),
    max: z.int(),
    ...FactCommon,
  }),
  z.strictObject({ type: z.literal('date'), min: z.int(), max: z.int(), ...FactCommon }),
  z.strictObject({ type: z.literal('boolean'), ...FactCommon }),
  z.strictObject({ type: z.literal('enum'), values: Values, ...FactCommon }),
  z.strictObject({ type: z.literal('list'), values: Values, ...FactCommon }),
]);
export type FactDeclaration = z.infer<typeof FactDeclaration>;

const Source = z.strictObject({
  kind: z.enum(['law', 'policy', 'practice']),
  title: Text,
  number: z.string().min(1).max(120).optional(),
  date: LegalDate.optional(),
  textHash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional(),
  /** The wording, or that it applies at all, still waits for a practitioner's word (architecture §9.16). */
  unconfirmed: z.literal(true).optional(),
  articles: z.record(z.string().min(1).max(60), z.string().min(1).max(5_000)),
});

const FactValue = z.union([Scalar, z.null(), z.array(z.string().max(500)).max(limits.listValues)]);
export const FactValues = z.record(Key, FactValue);
export type FactValue = z.infer<typeof FactValue>;

const TestCase = z.strictObject({
  name: z.string().min(1).max(200),
  facts: FactValues,
  expect: z.strictObject({
    type: z.enum([...eventTypes, 'undetermined', 'out-of-scope']),
    code: z.string().max(60).optional(),
    params: z.record(Key, Scalar).optional(),
    fired: z.array(z.string()).optional(),
    missing: z.array(z.string()).optional(),
  }),
});
export type TestCase = z.infer<typeof TestCase>;

const Cell = z.string().max(500);
const Column = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fact'), fact: Key }),
  z.strictObject({ kind: z.literal('reference'), condition: Key }),
  z.strictObject({ kind: z.literal('outcome') }),
  z.strictObject({ kind: z.literal('param'), param: Key }),
  z.strictObject({ kind: z.literal('citation') }),
]);
export const Table = z.strictObject({
  columns: z.array(Column).min(2).max(80),
  rows: z
    .array(z.strictObject({ name: NodeName, cells: z.array(Cell).min(2).max(80) }))
    .min(1)
    .max(limits.rules),
});
export type Table = z.infer<typeof Table>;
export type TableColumn = z.infer<typeof Column>;

const Explanation = z.strictObject({ true: Text, false: Text, unknown: Text.optional() });

/** The whole document, over a schema for its condition trees: the lint walks those itself, for exact faults. */
const documentOver = <T extends z.ZodType>(tree: T) =>
  z.strictObject({
    format: z.literal('ruleset/1'),
    id: z
      .string()
      .max(120)
      .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, { error: 'id_malformed' }),
    revision: z.int().min(1),
    version: z.string().min(1).max(60),
    supersedes: z
      .strictObject({ revision: z.int().min(1), hash: z.string().regex(/^sha256:[0-9a-f]{64}$/) })
      .optional(),
    title: Text,
    decision: z.strictObject({
      question: Text,
      subject: z.enum(['pathway', 'outcome', 'outcome_course', 'scheme', 'candidate']),
      combine: z.enum(['unique', 'agree', 'first', 'collect', 'sum']).optional(),
      sumOf: Key.optional(),
      outcomes: z.strictObject({ grant: Outcome.optional(), deny: Outcome.optional(), refer: Outcome.optional() }),
      order: z.array(z.enum(eventTypes)).min(1).max(3).optional(),
      scope: tree.optional(),
      impossible: z
        .array(z.strictObject({ why: Text, when: tree }))
        .min(1)
        .max(limits.rules)
        .optional(),
      otherwise: RuleEvent,
    }),
    validity: z.strictObject({
      from: LegalDate,
      to: LegalDate.nullable(),
      dateFact: Key,
      timeZone: z.literal('Asia/Shanghai'),
      retroactive: z.literal(true).optional(),
    }),
    facts: z.record(Key, FactDeclaration),
    lists: z
      .record(
        Key,
        z
          .array(z.union([z.int(), z.string().min(1).max(500)]))
          .min(1)
          .max(limits.listValues),
      )
      .optional(),
    sources: z.record(Key, Source),
    conditions: z.record(Key, tree).optional(),
    rules: z
      .array(z.strictObject({ name: NodeName, conditions: tree, event: RuleEvent }))
      .min(1)
      .max(limits.rules),
    table: Table.optional(),
    notes: z.record(
      NodeName,
      z.strictObject({
        title: Text,
        cites: z.array(Citation).min(1).max(20),
        overrides: z.array(NodeName).min(1).max(limits.rules).optional(),
      }),
    ),
    explain: z
      .record(z.string().regex(/^(\*\.)?[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, { error: 'name_malformed' }), Explanation)
      .optional(),
    tests: z.strictObject({ base: FactValues, cases: z.array(TestCase).min(1).max(limits.tests) }),
    change: z.strictObject({
      author: z.string().min(1).max(80),
      reason: Text,
      affects: z.union([z.string().min(1).max(500), Text]),
      renames: z.record(NodeName, NodeName).optional(),
    }),
  });

/** What the lint reads first: everything but the condition trees. */
export const RulesetOutline = documentOver(z.unknown());
export const Ruleset = documentOver(Root);
export type Ruleset = z.infer<typeof Ruleset>;
export type Rule = Ruleset['rules'][number];
export type Combine = NonNullable<Ruleset['decision']['combine']>;
