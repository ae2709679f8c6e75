import { runCase } from './case-loop.ts';
import type { CaseInput } from './messages.ts';

/** Long work by pages: each page is a due action, its rows in the register are the truth about how far it got. */
export async function cohortOperation(input: CaseInput): Promise<void> {
  await runCase(input);
}
