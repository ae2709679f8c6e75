import { dueKinds } from '../workflows/messages.ts';
import type { DueKind, Snapshot } from '../workflows/messages.ts';
import { dueActivity, loadCaseActivity } from './due-activity.ts';
import type { ActivityDeps } from './due-activity.ts';

export type Activities = Record<DueKind | 'loadCase', (input: unknown) => Promise<Snapshot>>;

/** Every activity a workflow may name, over the register handed in. */
export function createActivities(deps: ActivityDeps): Activities {
  const due = dueKinds.map((kind) => [kind, dueActivity(kind, deps)] as const);
  return { ...(Object.fromEntries(due) as Record<DueKind, Activities[DueKind]>), loadCase: loadCaseActivity(deps) };
}
