import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';

export type Ready = components['schemas']['ReadyForSignOff'];

const PAGE = 100;

/** A line for each pathway that waits for sign-off; a student may have several. */
export const readReady = (cursor?: string) =>
  answer(api.GET('/v1/sign-offs/ready', { params: { query: { limit: PAGE, ...(cursor && { cursor }) } } }));

/** Why the reader may not sign this one; null when nothing stands in the way. */
export const ownBar = ({ barred }: Pick<Ready, 'barred'>) => barred.find(({ you }) => you) ?? null;

/** What may be chosen for signing together. */
export const choosable = (rows: readonly Ready[]): string[] =>
  rows.filter((row) => ownBar(row) === null).map(({ pathway }) => pathway.id);
