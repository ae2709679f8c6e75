import { appendLeaf } from '../../db/audit.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { hashOf } from '../../rules/canonical.ts';
import type { FileRegulationInput } from '../../schemas/api/regulations.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';

/** Files a regulation word for word. Its hash covers every article in order, so that a rule document can cite this very text. */
export async function fileRegulation(
  register: Register,
  call: Call<FileRegulationInput>,
): Promise<{ regulation: string; textHash: string }> {
  const { by, input } = call;
  refuseDoubled(input.articles.map(({ article }) => article));
  const textHash = hashOf(input.articles.map(({ article, text }) => [article, text]));
  return writeTx(register.db, { command: 'fileRegulation', ...call }, async (tx) => {
    const known = await tx('regulations').where({ college_id: by.collegeId, text_hash: textHash }).first('id');
    if (known) throw new Problem('regulation_already_filed');
    const { now } = await collegeTime(tx, register.systemClock, by.collegeId ?? '');
    const id = register.newId('regulation');
    await tx('regulations').insert({
      id,
      college_id: by.collegeId,
      title: canonicalJson(input.title),
      number: input.number ?? null,
      issued_on: input.issuedOn ?? null,
      issuer: input.issuer,
      unconfirmed: input.unconfirmed ? 1 : 0,
      text_hash: textHash,
      filed_by: by.userId,
      filed_at: now,
    });
    const rows = input.articles.map(({ article, text }, index) => ({
      regulation_id: id,
      ordinal: index + 1,
      article,
      text,
    }));
    await insertRows(tx, 'regulation_articles', rows);
    await appendLeaf(tx, {
      kind: 'regulation_filed',
      object: { type: 'regulation', id },
      body: { textHash, articles: rows.length },
    });
    return { regulation: id, textHash };
  });
}

function refuseDoubled(names: readonly string[]): void {
  const faults = names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ pointer: `/articles/${index}/article`, code: 'article_doubled' }] : [],
  );
  if (faults.length > 0) throw new Problem('bad_input', faults);
}
