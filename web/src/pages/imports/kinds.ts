import type { components } from '../../api/schema.d.ts';

export type ImportKind = components['schemas']['ImportKind'];
export type Batch = components['schemas']['Import'];

/** In the order in which a cohort begins. */
export const importKinds: readonly ImportKind[] = ['students', 'plan', 'mapping', 'scores', 'results', 'outcomes'];
