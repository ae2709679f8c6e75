import { TryDraftInput } from './rule-drafts.ts';
import { ByRevision } from './rules.ts';

export const TryRevisionInput = TryDraftInput.omit({ id: true, document: true })
  .extend(ByRevision.shape)
  .meta({ id: 'TryRuleRevision', examples: [{ facts: { outcomeVerified: true, priorScore: 650 } }] });
