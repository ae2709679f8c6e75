import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRoutes } from '../api/all-routes.ts';
import { openApiOf } from '../api/openapi.ts';

/** Writes the contract next to package.json, in the form the freshness test compares. */
const path = join(process.cwd(), 'openapi.json');
writeFileSync(path, `${JSON.stringify(openApiOf(allRoutes), null, 2)}\n`);
process.stdout.write(`${path}\n`);
