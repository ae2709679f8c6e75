import { hostname } from 'node:os';

/** What only the bundler finds: a module of Node in workflow code. */
export async function studentPathway(): Promise<void> {
  await Promise.resolve(hostname());
}
