import { setTimeout as wait } from 'node:timers/promises';
import { readTx } from '../../db/read-tx.ts';
import type { Register } from '../../register/register.ts';
import { provedTuple } from '../../register/rules/publication/approve-revision.ts';
import { loadPublication } from '../../register/rules/publication/publication-file.ts';
import { findRevision } from '../../register/rules/revision-row.ts';
import { Problem } from '../../schemas/problem.ts';

const EVERY_MILLIS = 500;
const PATIENCE_MILLIS = 120_000;
/** They come by themselves while the system runs. */
const coming: readonly string[] = ['rule_proofs_missing', 'rule_preview_missing'];

/** What approvers approve beside the document, once the running system has proved and previewed it; nothing where nothing is asked. */
export async function whenProved(
  register: Register,
  { revisionId, collegeId }: { revisionId: string; collegeId: string | null },
): Promise<{ difference?: string; preview?: string }> {
  for (let waited = 0; ; waited += EVERY_MILLIS) {
    try {
      return await readTx(register.db, async (tx) => {
        const revision = await findRevision(tx, { id: revisionId, college_id: collegeId });
        if (!revision) throw new Problem('not_found');
        const publication = await loadPublication(register, tx, revision);
        if (!publication.gate) return {};
        const { difference, preview } = await provedTuple(tx, publication);
        return { difference, preview };
      });
    } catch (error) {
      const passes = error instanceof Problem && coming.includes(error.code) && error.extra.state !== 'failed';
      if (!passes || waited >= PATIENCE_MILLIS) throw error;
      await wait(EVERY_MILLIS);
    }
  }
}
