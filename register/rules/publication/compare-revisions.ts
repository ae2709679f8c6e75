import { readTx } from '../../../db/read-tx.ts';
import type { Difference } from '../../../rules/analysis/difference.ts';
import { Problem } from '../../../schemas/problem.ts';
import { collegeOf } from '../../accounts/in-scope.ts';
import type { Principal } from '../../accounts/principal.ts';
import type { Register } from '../../register.ts';

interface Asked {
  /** The rule set. */
  id: string;
  from: number;
  to: number;
}

/** Exactly the cases that come out otherwise under another revision. */
export async function compareRevisions(
  register: Register,
  by: Principal,
  { id, from, to }: Asked,
): Promise<Difference> {
  const [before, after] = await readTx(register.db, async (tx) => {
    const documentOf = async (revision: number): Promise<object> => {
      const row = await tx('rule_revisions')
        .where({ college_id: collegeOf(by), rule_set: id, revision })
        .first('document');
      if (!row) throw new Problem('not_found');
      return JSON.parse(row.document) as object; // stored documents are objects
    };
    return [await documentOf(from), await documentOf(to)] as const;
  });
  return register.drafts.difference(before, after);
}
