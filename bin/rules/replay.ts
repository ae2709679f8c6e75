import { replayAtTheDatabase } from '../../register/decisions/read-decision.ts';
import { exits } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Decides a recorded decision again from its own facts; the answer must be the same to the last byte. */
export async function replay(id: string, json: boolean, { print, open }: Terminal): Promise<number> {
  const { register, close } = await open();
  try {
    const { same, differences, record } = await replayAtTheDatabase(register, id);
    const { decision, ruleSet, time } = record;
    const found = { id, same, differences, ruleSet: decision, ...ruleSet, decidedAt: time.decidedAt };
    print(
      json ? JSON.stringify(found, null, 2) : `${same ? 'identical' : `differs in ${differences.join(', ')}`}  ${id}`,
    );
    return same ? exits.fine : exits.not;
  } finally {
    await close();
  }
}
