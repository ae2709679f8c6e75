import type { Tx } from '../../db/tx.ts';
import type { Stage } from '../../rules/stage.ts';
import type { StageView } from '../../schemas/api/verdicts.ts';
import { factCatalogue } from '../../schemas/facts.ts';
import type { FactDefinition } from '../../schemas/facts.ts';

export interface Names {
  person(id: string): string;
  object(kind: string, id: string): string | null;
}

/** What people call the people, sheets and plans that these stages wait for. */
export async function nameWaits(tx: Tx, stages: readonly Stage[]): Promise<Names> {
  const waits = stages.flatMap(({ waitingOn, missing }) => [...(waitingOn ? [waitingOn] : []), ...missing]);
  const people = waits.flatMap(({ person }) => person ?? []);
  const of = (kind: string) => waits.flatMap(({ object }) => (object?.kind === kind ? [object.id] : []));
  const users: { id: string; name: string }[] = await tx('users')
    .whereIn('id', unique(people))
    .select({ id: 'id', name: 'display_name' });
  const sheets: { id: string; name: string }[] = await tx('score_sheets as h')
    .join('offerings as o', 'o.id', 'h.offering_id')
    .join('courses as c', 'c.id', 'o.course_id')
    .whereIn('h.id', unique(of('score_sheet')))
    .select({ id: 'h.id', name: 'c.name' });
  const plans: { id: string; name: string }[] = await tx('plans as l')
    .join('programmes as g', 'g.id', 'l.programme_id')
    .whereIn('l.id', unique(of('plan')))
    .select({ id: 'l.id', name: 'g.name_zh' });
  const names = new Map([...users, ...sheets, ...plans].map(({ id, name }) => [id, name]));
  return { person: (id) => names.get(id) ?? '', object: (_kind, id) => names.get(id) ?? null };
}

export function stageView({ name, waitingOn, since, until, missing, reason }: Stage, names: Names): StageView {
  const person = (id: string | null) => (id === null ? null : { id, name: names.person(id) });
  const object = (one: { kind: string; id: string } | null) => one && { ...one, name: names.object(one.kind, one.id) };
  return {
    name,
    waitingOn: waitingOn && {
      role: waitingOn.role,
      person: person(waitingOn.person),
      object: object(waitingOn.object),
    },
    since,
    until,
    missing: missing.map((one) => ({
      fact: one.fact,
      title: factTitle(one.fact),
      role: one.role,
      person: person(one.person),
      object: object(one.object),
      since: one.since,
      until: one.until,
    })),
    reason,
  };
}

function factTitle(fact: string): FactDefinition['title'] {
  const known = (factCatalogue.pathway as Record<string, FactDefinition>)[fact];
  return known?.title ?? { 'zh-CN': fact, en: fact };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
