import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Context } from 'koa';
import { textOf } from '../schemas/api/check.ts';
import { Problem } from '../schemas/problem.ts';

export const UPLOAD_LIMIT = 10 * 1024 * 1024;

/** A file that came in, lying in a folder of its own data directory under a name of ours. */
export interface Upload {
  path: string;
  /** As the sender called it: shown, never used as a path. */
  name: string;
  size: number;
  sha256: string;
  fields: Record<string, unknown>;
  /** Leaves the file for whoever takes it over. */
  keep(): void;
  discard(): Promise<void>;
}

/** Reads one file and the fields beside it; over 10 MB nothing is kept. */
export async function readUpload(ctx: Context, folder: string): Promise<Upload> {
  if (!ctx.is('multipart/form-data')) throw new Problem('unsupported_media_type');
  if ((ctx.request.length ?? 0) > UPLOAD_LIMIT + 100_000) throw new Problem('payload_too_large');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const fields: Record<string, unknown> = {};
  try {
    const file = await receive(ctx, path, fields);
    if (!file)
      throw new Problem('bad_input', [{ pointer: '/file', code: 'file_missing', text: textOf('file_missing') }]);
    return keepable({ path, fields, ...file });
  } catch (err) {
    await rm(path, { force: true });
    throw err;
  }
}

interface Received {
  name: string;
  size: number;
  sha256: string;
}

async function receive(ctx: Context, path: string, fields: Record<string, unknown>): Promise<Received | null> {
  const limits = { files: 1, fields: 50, fieldSize: 10_000, fileSize: UPLOAD_LIMIT + 1, parts: 60 };
  const form = openForm(ctx, limits);
  let saving: Promise<Received> | null = null;
  form.on('field', (name, value) => {
    if (Object.hasOwn(fields, name) || name === '__proto__') return;
    fields[name] = value;
  });
  form.on('file', (field, stream, { filename }) => {
    if (field !== 'file') {
      stream.resume();
      return;
    }
    saving = save(stream, path, filename ?? '');
    saving.catch(() => form.destroy());
  });
  try {
    await pipeline(ctx.req, form);
  } catch (err) {
    // the file's own refusal says more than a form cut short
    if (saving) await saving;
    if (err instanceof Problem) throw err;
    throw new Problem('bad_input', [{ pointer: '', code: 'form_malformed', text: textOf('not_valid') }]);
  }
  return saving;
}

function openForm(ctx: Context, limits: busboy.Limits): busboy.Busboy {
  try {
    return busboy({ headers: ctx.req.headers, limits, defParamCharset: 'utf8' });
  } catch {
    throw new Problem('unsupported_media_type');
  }
}

async function save(stream: Readable & { truncated?: boolean }, path: string, name: string): Promise<Received> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(size > UPLOAD_LIMIT ? new Problem('payload_too_large') : null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(path, { mode: 0o600 }));
  return { name, size, sha256: `sha256:${hash.digest('hex')}` };
}

function keepable(file: Omit<Upload, 'keep' | 'discard'>): Upload {
  let kept = false;
  return {
    ...file,
    keep() {
      kept = true;
    },
    async discard() {
      if (!kept) await rm(file.path, { force: true });
    },
  };
}
