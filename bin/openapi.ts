import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRoutes } from '../api/all-routes.ts';
import { openApiOf } from '../api/openapi.ts';
import { consoleTypes } from './lib/console-types.ts';

/** Writes the contract next to package.json and its types for the console, in the form the freshness tests compare. */
const document = JSON.stringify(openApiOf(allRoutes), null, 2);
const files: [string, string][] = [
  [join(process.cwd(), 'openapi.json'), `${document}\n`],
  [join(process.cwd(), 'web', 'src', 'api', 'schema.d.ts'), await consoleTypes(JSON.parse(document))],
];
for (const [path, text] of files) {
  writeFileSync(path, text);
  process.stdout.write(`${path}\n`);
}
