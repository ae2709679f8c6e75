// Stands in for the signer and the worker: says it is ready, then waits for its end.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

appendFileSync(join(process.env.DATA_DIR, 'starts.txt'), `${process.argv[1]}\n`);
console.log(JSON.stringify({ ready: true }));
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 60_000);
