export interface TemporalCli {
  path: string;
  version: string;
  serverVersion: string;
}
export function resolveTemporalCli(): Promise<TemporalCli>;
export function resolveTemporalTestServer(): Promise<{ path: string; version: string }>;
