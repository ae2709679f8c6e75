import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { MarkArticleInput } from '../../schemas/api/regulations.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';

/** Says that people carry out an article by hand, or that it is open after all; the last word counts, every one is kept. */
export async function markArticle(
  register: Register,
  call: Call<MarkArticleInput>,
): Promise<{ regulation: string; article: string; mark: MarkArticleInput['mark'] }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'markArticle', ...call }, async (tx) => {
    const row = await tx('regulation_articles as a')
      .join('regulations as r', 'r.id', 'a.regulation_id')
      .where({ 'r.id': input.id, 'r.college_id': by.collegeId, 'a.article': input.article })
      .first('r.college_id');
    if (!row) throw new Problem('not_found');
    const { now } = await collegeTime(tx, register.systemClock, row.college_id);
    await tx('regulation_marks').insert({
      id: register.newId('event'),
      regulation_id: input.id,
      article: input.article,
      mark: input.mark,
      reason: input.reason,
      marked_by: by.userId,
      at: now,
    });
    await appendLeaf(tx, {
      kind: 'regulation_article_marked',
      object: { type: 'regulation', id: input.id },
      body: { article: input.article, mark: input.mark },
    });
    return { regulation: input.id, article: input.article, mark: input.mark };
  });
}
