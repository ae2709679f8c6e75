import type { Query } from '../../db/tx.ts';
import { loadedByHash } from '../rules/loaded.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Bound, Wanted } from './wanted.ts';

/** What a preview was asked, fixed when it was started. */
export interface PreviewRequest {
  bound: Bound[];
  wanted: Wanted;
  factsDiffer: boolean;
  /** The legal date of the college when it was started, on which facts are worked out. */
  today: string;
  /** The day on which an outcome not handed in yet is taken to be: today, or the day the draft begins to hold. */
  appliedOn: string;
  /** Draws the sample; from the two hashes. */
  seed: number;
  students: number;
  engines: { reference: string; compiled: string };
}

export interface PreviewRow {
  id: string;
  college_id: string;
  operation_id: string;
  rule_set: string;
  revision_id: string | null;
  draft_hash: string;
  base_hash: string | null;
  book_hash: string;
  document: string;
  request: string;
  known_at: string;
  created_by: string;
  created_at: string;
}

export interface ResultRow {
  preview_id: string;
  outcome: 'done' | 'failed';
  result: string;
  hash: string;
  finished_at: string;
}

export async function findPreview(
  query: Query,
  where: { id: string; college_id: string | null } | { operation_id: string },
): Promise<PreviewRow | undefined> {
  return query('previews').where(where).first();
}

export const requestOf = ({ request }: PreviewRow): PreviewRequest => JSON.parse(request) as PreviewRequest;

export const draftOf = ({ draft_hash: hash, document }: PreviewRow): LoadedRuleset => loadedByHash(hash, document);

export async function findResult(query: Query, previewId: string): Promise<ResultRow | undefined> {
  return query('preview_results').where({ preview_id: previewId }).first();
}
