import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { citationsOf } from '../../rules/regulation-coverage.ts';
import type { Citation, FiledRegulation, StandingDocument } from '../../rules/regulation-coverage.ts';
import type { ArticleState, RegulationItem, RegulationView } from '../../schemas/api/regulations.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Text } from '../../schemas/text.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { standingDocuments } from '../rules/standing-documents.ts';

interface RegulationRow {
  id: string;
  title: string;
  number: string | null;
  issued_on: string | null;
  issuer: string;
  unconfirmed: number;
  text_hash: string;
  filed_at: string;
}

interface ArticleRow {
  regulation_id: string;
  article: string;
  text: string;
}

interface MarkRow {
  regulation_id: string;
  article: string;
  mark: 'manual' | 'open';
  reason: string;
  by: string | null;
  at: string;
}

interface Filed {
  row: RegulationRow;
  articles: readonly ArticleRow[];
  marks: ReadonlyMap<string, MarkRow>;
  citations: ReadonlyMap<string, Citation[]>;
}

/** Every regulation of the college with how many of its articles are executable, manual and open. */
export async function listRegulations(register: Register, by: Principal): Promise<{ items: RegulationItem[] }> {
  return { items: (await load(register, by)).map(itemOf) };
}

/** One regulation, article by article: which rules and tests carry it out, or who said that people do. */
export async function readRegulation(register: Register, by: Principal, id: string): Promise<RegulationView> {
  const [filed] = await load(register, by, id);
  if (!filed) throw new Problem('not_found');
  return { ...itemOf(filed), articles: filed.articles.map((article) => articleView(article, filed)) };
}

async function load(register: Register, by: Principal, id?: string): Promise<Filed[]> {
  const collegeId = collegeOf(by);
  return readTx(register.db, async (tx) => {
    const rows: RegulationRow[] = await tx('regulations')
      .where({ college_id: collegeId, ...(id === undefined ? {} : { id }) })
      .orderBy(['filed_at', 'id']);
    const ids = rows.map((row) => row.id);
    const articles: ArticleRow[] = await tx('regulation_articles')
      .whereIn('regulation_id', ids)
      .orderBy(['regulation_id', 'ordinal']);
    const marks = groupBy(await readMarks(tx, ids), (mark) => mark.regulation_id);
    const { today } = await collegeTime(tx, register.systemClock, collegeId);
    const revisions = await standingDocuments(tx, { collegeId, today });
    const standing = revisions.flatMap(({ loaded, standing: when }): StandingDocument[] =>
      when === 'past' ? [] : [{ doc: loaded.doc, standing: when }],
    );
    const byRegulation = groupBy(articles, (article) => article.regulation_id);
    return rows.map((row) =>
      filed(row, { articles: byRegulation.get(row.id) ?? [], marks: marks.get(row.id) ?? [], standing }),
    );
  });
}

function filed(
  row: RegulationRow,
  { articles, marks, standing }: { articles: ArticleRow[]; marks: MarkRow[]; standing: StandingDocument[] },
): Filed {
  const regulation: FiledRegulation = {
    title: JSON.parse(row.title) as Text,
    number: row.number,
    textHash: row.text_hash,
    articles,
  };
  return {
    row,
    articles,
    marks: new Map(marks.map((mark) => [mark.article, mark])),
    citations: citationsOf(regulation, standing),
  };
}

/** In the order they were made: of an article's marks the last stays in a map. */
async function readMarks(tx: Tx, ids: readonly string[]): Promise<MarkRow[]> {
  return tx('regulation_marks as m')
    .leftJoin('users as u', 'u.id', 'm.marked_by')
    .whereIn('m.regulation_id', ids)
    .orderBy(['m.at', 'm.id'])
    .select('m.regulation_id', 'm.article', 'm.mark', 'm.reason', 'm.at', { by: 'u.display_name' });
}

function stateOf(article: string, { citations, marks }: Filed): ArticleState {
  if (citations.has(article)) return 'executable';
  return marks.get(article)?.mark ?? 'open';
}

function itemOf(one: Filed): RegulationItem {
  const { row, articles } = one;
  const counts = { executable: 0, manual: 0, open: 0 };
  for (const { article } of articles) counts[stateOf(article, one)] += 1;
  return {
    id: row.id,
    title: JSON.parse(row.title) as Text,
    number: row.number,
    issuedOn: row.issued_on,
    issuer: row.issuer,
    unconfirmed: Boolean(row.unconfirmed),
    textHash: row.text_hash,
    filedAt: row.filed_at,
    counts,
  };
}

function articleView({ article, text }: ArticleRow, one: Filed): RegulationView['articles'][number] {
  const mark = one.marks.get(article);
  return {
    article,
    text,
    state: stateOf(article, one),
    mark: mark ? { mark: mark.mark, reason: mark.reason, by: mark.by, at: mark.at } : null,
    citations: one.citations.get(article) ?? [],
  };
}
