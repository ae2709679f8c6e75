import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { allRoutes } from '../../api/all-routes.ts';
import { createApp } from '../../api/app.ts';
import { issueSetUpCodes } from '../../register/accounts/set-up.ts';
import type { Register } from '../../register/register.ts';

export interface ApiSettings {
  register: Register;
  dataDir: string;
  port: number;
  /** Address to listen on. Loopback unless an operator says otherwise. */
  host: string;
  publicUrl: string;
  /** Folder of the built console. */
  console: string | null;
  log: Logger;
}

export interface ApiProcess {
  port: number;
  close(): Promise<void>;
}

const HEADERS_MS = 20_000;
const CLOSE_MS = 5_000;

/** Starts the API on its port. Requests under way are answered before it closes. */
export async function startApi({
  register,
  dataDir,
  port,
  host,
  publicUrl,
  console,
  log,
}: ApiSettings): Promise<ApiProcess> {
  await offerSetUp(register, dataDir, log);
  const app = createApp({ register, routes: allRoutes, publicUrl, uploads: join(dataDir, 'uploads'), console, log });
  const answer = app.callback();
  const limits = { headersTimeout: HEADERS_MS, maxHeaderSize: 16_384 };
  const server = createServer(limits, (request, response) => void answer(request, response));
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    port: bound,
    close: async () => {
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      server.closeIdleConnections();
      await new Promise<void>((done) => server.close(() => done()));
      clearTimeout(late);
    },
  };
}

/** On an empty deployment, one code for each of the first two administrators, in a file only the operator can read. */
async function offerSetUp(register: Register, dataDir: string, log: Logger): Promise<void> {
  const codes = await issueSetUpCodes(register);
  if (!codes) return;
  const path = join(dataDir, 'set-up-codes.txt');
  const lines = Object.entries(codes).map(([role, code]) => `${role} ${code}`);
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  log.info({ path }, 'set-up codes written');
}
