import { markSeeded, seedDemoCollege, wantsDemo } from '../demo/seed/seed-demo.ts';
import { dataDirOf, openRegister } from './compose.ts';

/** Gives a fresh deployment the demo college, once. */
async function main(): Promise<void> {
  const { register, close } = await openRegister(process.env, 'seed');
  try {
    if (!(await wantsDemo(register))) return;
    const { college } = await seedDemoCollege(register, dataDirOf(process.env));
    await markSeeded(register, college);
    process.stdout.write(`${JSON.stringify({ seeded: college })}\n`);
  } finally {
    await close();
  }
}

await main();
