import { z } from 'zod';

export const regulationSearch = z.object({
  state: z.enum(['executable', 'manual', 'open']).optional().catch(undefined),
});
