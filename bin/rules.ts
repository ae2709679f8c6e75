import { openRegister } from './compose.ts';
import { rulesCli } from './rules/cli.ts';

/** `npm run rules -- …` */
process.exitCode = await rulesCli(process.argv.slice(2), {
  print: (text) => void process.stdout.write(`${text}\n`),
  open: () => openRegister(process.env, 'rules'),
});
