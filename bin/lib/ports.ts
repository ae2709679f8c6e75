import { connect, createServer } from 'node:net';

/** True when nothing listens there, on every address or on the loopback: some systems let one be taken beside the other. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port)) && (await canListen(port, '127.0.0.1'));
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, ...(host && { host }) }, () => server.close(() => resolve(true)));
  });
}

/** A port of the system's choosing on the loopback. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** True when somebody accepts a connection at `host:port` within the time. */
export function answers(address: string, timeoutMs = 2000): Promise<boolean> {
  const { host, port } = splitAddress(address);
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeoutMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function splitAddress(address: string): { host: string; port: number } {
  const bare = address.replace(/^[a-z]+:\/\//, '');
  const colon = bare.lastIndexOf(':');
  if (colon < 0) return { host: bare, port: 7233 };
  return { host: bare.slice(0, colon), port: Number(bare.slice(colon + 1)) };
}
