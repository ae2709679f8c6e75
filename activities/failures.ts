import { ApplicationFailure } from '@temporalio/activity';
import { Problem } from '../schemas/problem.ts';

/** These do not pass by waiting: a person has to look. Everything else is tried again. */
const needsPerson: ReadonlySet<string> = new Set([
  'rule_hash_mismatch',
  'evaluators_disagree',
  'no_rule_for_date',
  'invariant_broken',
  'bad_input',
  'certificate_malformed',
  'fact_not_lawful',
  'glyph_missing',
  'issuer_not_authorised',
  'policy_undecided',
  'rule_not_bound',
  'rule_document_faulty',
  'rule_draft_too_heavy',
  'rule_tests_failed',
  'signer_refused',
]);

/** The code is all that leaves this process: messages and causes of drivers quote values. */
export function codeOf(err: unknown): string {
  return err instanceof Problem && err.code !== 'internal' ? err.code : 'unexpected';
}

export function isForPerson(code: string): boolean {
  return needsPerson.has(code);
}

/** A failure whose type and message are the code, and nothing more. */
export function failureOf(
  err: unknown,
  { retryable, attempt }: { retryable: boolean; attempt: number },
): ApplicationFailure {
  const code = codeOf(err);
  const nextRetryDelay = retryDelayOf(err, attempt);
  return ApplicationFailure.create({
    message: code,
    type: code,
    nonRetryable: !retryable,
    ...(nextRetryDelay === undefined ? {} : { nextRetryDelay }),
  });
}

function retryDelayOf(err: unknown, attempt: number): number | undefined {
  if (!(err instanceof Problem)) return undefined;
  if (err.code === 'stale' && attempt <= 3) return 100; // the case moved while we were thinking: think again at once
  const millis = err.extra.retryAfterMs;
  return typeof millis === 'number' && millis > 0 ? millis : undefined;
}
