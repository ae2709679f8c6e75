import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { ApiContext, Step } from './state.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
/** Addresses that belong to the API: never answered with the console. */
const NOT_OURS = /^\/(v1|v|problems)(\/|$)/;

/** The console as built. Any other address of it is one of its own pages, so it gets the start page. */
export function serveConsole(folder: string): Step {
  return async (ctx, next) => {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || NOT_OURS.test(ctx.path)) return next();
    const path = safePath(folder, ctx.path);
    if (path && (await sendFile(ctx, path))) return;
    // ids in addresses have dots too: /rules/credit.prior-course is a page, /assets/gone.js is not
    const isFile = Object.hasOwn(TYPES, extname(ctx.path)) || ctx.path.startsWith('/assets/');
    const isPage = !isFile && ctx.accepts('html') === 'html';
    if (isPage && (await sendFile(ctx, join(folder, 'index.html')))) return;
    return next();
  };
}

function safePath(folder: string, address: string): string | null {
  const decoded = decodeURIComponent(address);
  if (decoded.includes('\0') || decoded.endsWith('/')) return null;
  const path = normalize(join(folder, decoded));
  return path.startsWith(folder + sep) ? path : null;
}

async function sendFile(ctx: ApiContext, path: string): Promise<boolean> {
  const type = TYPES[extname(path)];
  const found = type ? await stat(path).catch(() => null) : null;
  if (!type || !found?.isFile()) return false;
  // built files carry their hash in their name; the start page names them, so it is asked for each time
  const forever = path.includes(`${sep}assets${sep}`);
  ctx.set('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.set('ETag', `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`);
  ctx.type = type;
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return true;
  }
  ctx.length = found.size;
  ctx.body = createReadStream(path);
  return true;
}
