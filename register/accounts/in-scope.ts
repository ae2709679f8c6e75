import type { Rows } from '../../db/keyset.ts';
import { Problem } from '../../schemas/problem.ts';
import type { ScopeKind } from '../../schemas/permissions.ts';
import type { Principal } from './principal.ts';

/** The column a scope's id is compared with, or a condition of its own added with OR. */
export type ScopeLimit = string | ((some: Rows, id: string) => void);

/** Which column of a query each kind of scope is compared with. A kind that is not named reaches no row. */
export interface ScopeColumns {
  /** Required: nobody sees another college's rows, whatever their role. */
  college: string;
  department?: ScopeLimit;
  programme?: ScopeLimit;
  class?: ScopeLimit;
  offering?: ScopeLimit;
  /** For the scope `self`: the column holding the person, */
  person?: ScopeLimit;
  /** or the column holding the user. */
  user?: ScopeLimit;
}

/** Narrows a select to the rows this person may see under the permission at hand (`by.scopes`, set by the route). */
export function inScope<Q extends Rows>(rows: Q, by: Principal, columns: ScopeColumns): Q {
  if (by.collegeId === null) return rows.whereRaw('1 = 0') as Q;
  void rows.where(columns.college, by.collegeId);
  if (by.scopes.some(({ kind }) => kind === 'deployment' || kind === 'college')) return rows;
  return rows.where((some) => {
    void some.whereRaw('1 = 0');
    for (const [limit, id] of limitsOf(by, columns)) {
      if (typeof limit === 'string') void some.orWhere(limit, id);
      else limit(some, id);
    }
  }) as Q;
}

function limitsOf(by: Principal, columns: ScopeColumns): [ScopeLimit, string][] {
  return by.scopes.flatMap(({ kind, id }) => {
    if (kind === 'self') return selfLimits(by, columns);
    const column = columns[kind as Exclude<ScopeKind, 'deployment' | 'college' | 'self'>];
    return column !== undefined && id !== null ? [[column, id] as [ScopeLimit, string]] : [];
  });
}

function selfLimits({ personId, userId }: Principal, { person, user }: ScopeColumns): [ScopeLimit, string][] {
  const limits: [ScopeLimit, string][] = [];
  if (person !== undefined && personId !== null) limits.push([person, personId]);
  if (user !== undefined) limits.push([user, userId]);
  return limits;
}

/** The row, or `not_found`: whether it exists elsewhere is nobody's business. */
export async function oneInScope<R>(rows: Rows, by: Principal, columns: ScopeColumns): Promise<R> {
  const row: R | undefined = await inScope(rows, by, columns).first();
  if (row === undefined) throw new Problem('not_found');
  return row;
}

/** The college of the session; commands of a college refuse without one. */
export function collegeOf({ collegeId }: Principal): string {
  if (collegeId === null) throw new Problem('not_permitted', [{ pointer: '', code: 'no_college' }]);
  return collegeId;
}
