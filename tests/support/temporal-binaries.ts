import { resolveTemporalCli, resolveTemporalTestServer } from '../../bin/lib/resolve-temporal.mjs';

/** For TestWorkflowEnvironment.createTimeSkipping({ server: { executable } }). Fetched once, then cached. */
export async function testServerExecutable(): Promise<{ type: 'existing-path'; path: string }> {
  const { path } = await resolveTemporalTestServer();
  return { type: 'existing-path', path };
}

/** For TestWorkflowEnvironment.createLocal({ server: { executable } }). */
export async function devServerExecutable(): Promise<{ type: 'existing-path'; path: string }> {
  const { path } = await resolveTemporalCli();
  return { type: 'existing-path', path };
}
