export const families = ['credit', 'title', 'eligibility', 'conclusion', 'policy', 'other'] as const;
export type Family = (typeof families)[number];

/** The matter a rule set is about, by the first part of its id. */
export function familyOf(ruleSet: string): Family {
  const first = ruleSet.split('.')[0];
  return families.find((family) => family === first) ?? 'other';
}
