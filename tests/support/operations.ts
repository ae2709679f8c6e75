import { conductorOf } from '../../bin/conductor.ts';
import { loadOperation } from '../../register/operations/run-page.ts';
import type { Register } from '../../register/register.ts';

const idle = { heartbeat: () => undefined, signal: new AbortController().signal };
const MOST_TURNS = 50;

/** Does what is due in an operation until nothing is, as its workflow would. */
export async function carryOut(register: Register, caseId: string): Promise<void> {
  const { perform } = conductorOf(register);
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const [next] = (await loadOperation(register, caseId)).due;
    if (!next) return;
    await perform[next.kind]({ caseId, opKey: next.opKey }, idle);
  }
  throw new Error('the operation never came to rest');
}
