import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyring } from '../../db/keys.ts';
import { migrate } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open.ts';
import { openRegister, systemClock } from '../../bin/compose.ts';
import { projectRoot } from '../../bin/lib/host.mjs';
import { startSystem } from '../../bin/lib/system.ts';
import type { System } from '../../bin/lib/system.ts';
import { seedDemoCollege } from '../../demo/seed/seed-demo.ts';
import type { Seeded } from '../../demo/seed/seed-demo.ts';
import { importFiles } from '../../demo/seed/import-files.ts';
import { stepsAs } from '../../demo/seed/step.ts';
import type { Step } from '../../demo/seed/step.ts';
import type { Register } from '../../register/register.ts';

/** A folder that is gone when the work in it is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The whole product with the demo college and its 150 students. */
export async function inSystem<T>(work: (system: System, dataDir: string) => Promise<T>): Promise<T> {
  return inFolder(async (dataDir) => {
    const env = { LOG_LEVEL: 'warn' };
    const system = await startSystem({ dataDir, port: 0, seed: true, env, say: () => undefined });
    try {
      return await work(system, dataDir);
    } finally {
      await system.stop();
    }
  });
}

export interface Place extends Seeded {
  register: Register;
  /** Acts as the registrar. */
  step: Step;
  dataDir: string;
}

/** A register alone, with college, rules, plan and mapping, and no students. */
export async function inRegister<T>(work: (place: Place) => Promise<T>): Promise<T> {
  return inFolder(async (dataDir) => {
    const db = await openDatabase(
      { dataDir },
      { keys: openKeyring(join(dataDir, 'keys')), clock: systemClock, process: 'bench' },
    );
    await migrate(db);
    await db.close();
    const { register, close } = await openRegister({ DATA_DIR: dataDir }, 'bench');
    try {
      const seeded = await seedDemoCollege(register, dataDir);
      const step = stepsAs(seeded.users.get('registrar') ?? '', seeded.college, 'registrar');
      const folder = join(projectRoot, 'demo', 'workbooks');
      await importFiles(register, { step, folder, collegeId: seeded.college }, [
        { name: 'plan.xlsx', kind: 'plan', options: { electiveCredits: 180 } },
        { name: 'mapping.csv', kind: 'mapping' },
      ]);
      return await work({ ...seeded, register, step, dataDir });
    } finally {
      await close();
    }
  });
}
