import { markSeeded, openFirstTerm, seedDemoCollege, seedStudents, wantsDemo } from '../demo/seed/seed-demo.ts';
import { dataDirOf, openRegister } from './compose.ts';

/** Gives a fresh deployment the demo college, once. `DEMO_STUDENTS=off` leaves it without students, for whoever imports them: the journey. */
async function main(): Promise<void> {
  const { register, close } = await openRegister(process.env, 'seed');
  try {
    if (!(await wantsDemo(register))) return;
    const dataDir = dataDirOf(process.env);
    const seeded = await seedDemoCollege(register, dataDir);
    if (process.env.DEMO_STUDENTS !== 'off') {
      await seedStudents(register, { ...seeded, dataDir });
      await openFirstTerm(register, seeded);
    }
    await markSeeded(register, seeded.college);
    process.stdout.write(`${JSON.stringify({ seeded: seeded.college })}\n`);
  } finally {
    await close();
  }
}

await main();
