import { canonicalJson } from '../../../schemas/canonical.ts';
import type { Ruleset } from '../../../schemas/ruleset.ts';

/** Stands in a draft until its editor says why the rule changes; a draft that still says so is not submitted. */
const WANTED = { 'zh-CN': '—', en: '—' };

/** What answers today, to be changed: it is to hold from today, since reaching back must be asked for. */
export function changeFromToday(document: string, today: string): string {
  const doc = JSON.parse(document) as Ruleset; // a published document has passed the lint
  if (doc.validity.from >= today) return withoutReason(doc);
  const { retroactive: _, ...validity } = doc.validity;
  return withoutReason({ ...doc, validity: { ...validity, from: today } });
}

/** An older revision again: it is to take the place of what replaced it, so its dates stay. */
export const again = (document: string): string => withoutReason(JSON.parse(document) as Ruleset);

/** The reason given then is not the reason of the change. */
function withoutReason(doc: Ruleset): string {
  return canonicalJson({ ...doc, change: { ...doc.change, reason: WANTED } });
}

export const saysWhy = ({ change }: Ruleset): boolean => canonicalJson(change.reason) !== canonicalJson(WANTED);
