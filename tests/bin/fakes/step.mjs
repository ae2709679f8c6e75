// Stands in for migrate, seed and rebuild: notes that it ran.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

appendFileSync(join(process.env.DATA_DIR, 'steps.txt'), `${process.env.STEP_MARK ?? 'step'}\n`);
