// A program that starts the system and then ends without stopping it, as one does that throws.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSystem } from '../../../dist/bin/lib/system.js';

const fake = (name) => join(import.meta.dirname, `${name}.mjs`);
const [dataDir, temporalAddress] = process.argv.slice(2);
const scripts = { migrate: fake('nothing'), signer: fake('serves'), api: fake('listens'), worker: fake('serves') };
await startSystem({ dataDir, port: 0, seed: false, temporalAddress, scripts, say: () => {} });
process.stdout.write(readFileSync(join(dataDir, 'run/children.json'), 'utf8'));
process.exit(1);
