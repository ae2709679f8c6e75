import { writeFile } from 'node:fs/promises';
import { bundleWorkflows } from './workflow-bundle.ts';

await writeFile(new URL('../workflow-bundle.js', import.meta.url), await bundleWorkflows());
