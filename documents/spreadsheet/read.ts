import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { OriginalRow, ParsedImport, ParsedRow, RowFault } from '../../schemas/parsed-import.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Area, Sheet, SheetRow } from './cell.ts';
import { childEntry } from './child-entry.ts';
import { readingLimits } from './limits.ts';
import type { ReadingLimits } from './limits.ts';
import { checkOutside } from './parse.ts';
import { isFileFault, refusal } from './refuse.ts';
import { residentBytes } from './resident.ts';
import { takeTurn } from './turns.ts';
import type { Answer, Ask, Said } from './wire.ts';
import type { ImportKind } from '../../schemas/imports.ts';

export interface ReadOptions {
  /** Ends the child when whoever asked has gone away. */
  signal?: AbortSignal;
  /** Tighter bounds, for tests. */
  limits?: Partial<ReadingLimits>;
}

const WATCH_MILLIS = 50;
const OUR_FAULT = 1;
const LONGEST_TRACE = 4096;

/** All visible sheets of an xlsx, xls, HTML-as-xls or CSV file. Throws `spreadsheet_refused` with the reason; the server is never at risk. */
export async function readWorkbook(file: string | Buffer, options: ReadOptions = {}): Promise<Sheet[]> {
  const { head, lists } = await askChild(file, { want: 'sheets' }, options);
  // the shapes are those of child.ts
  return (head as { name: string; merges: Area[]; droppedRows: number }[]).map((sheet, i) => ({
    ...sheet,
    rows: (lists[i] ?? []) as SheetRow[],
  }));
}

/** Reads, recognises and checks a file for one kind of import, all in the child: the dry run of the file itself. */
export async function readImport(
  file: string | Buffer,
  kind: ImportKind,
  options: ReadOptions & { components?: readonly string[] } = {},
): Promise<ParsedImport> {
  const { head, lists } = await askChild(file, { want: 'import', kind, components: options.components ?? [] }, options);
  return {
    ...(head as Omit<ParsedImport, 'rows' | 'originals' | 'faults' | 'warnings'>),
    rows: (lists.rows ?? []) as ParsedRow[],
    originals: (lists.originals ?? []) as OriginalRow[],
    faults: (lists.faults ?? []) as RowFault[],
    warnings: (lists.warnings ?? []) as RowFault[],
  };
}

async function askChild(file: string | Buffer, ask: Ask, options: ReadOptions): Promise<Answer> {
  const limits = { ...readingLimits, ...options.limits };
  const bytes = await load(file, limits);
  checkOutside(bytes, limits);
  const done = await takeTurn();
  try {
    const entry = await childEntry();
    options.signal?.throwIfAborted();
    // half a heap for the library's strings leaves room for buffers; the watch below holds the whole
    const heap = `--max-old-space-size=${Math.ceil((limits.memoryBytes / 1024 / 1024) * 0.85)}`;
    const child = spawn(process.execPath, [heap, entry, JSON.stringify({ ask, limits })], {
      env: {},
      stdio: 'pipe',
    });
    return await listen(child, bytes, { limits, signal: options.signal });
  } finally {
    done();
  }
}

async function load(file: string | Buffer, limits: ReadingLimits): Promise<Buffer> {
  if (typeof file !== 'string') return file;
  if ((await stat(file)).size > limits.fileBytes)
    throw refusal('file_too_large', { limit: Math.round(limits.fileBytes / 1024 / 1024) });
  return readFile(file);
}

async function listen(
  child: ChildProcess,
  bytes: Buffer,
  watch: { limits: ReadingLimits; signal: AbortSignal | undefined },
): Promise<Answer> {
  const { limits, signal } = watch;
  let stopped: Error | undefined;
  const stop = (why: Error): void => {
    stopped ??= why;
    child.kill('SIGKILL');
  };
  const clock = setTimeout(() => stop(refusal('reading_too_slow', { limit: limits.millis / 1000 })), limits.millis);
  const weigh = async (): Promise<void> => {
    if ((await residentBytes(child.pid)) > limits.memoryBytes) stop(refusal('reading_too_heavy'));
  };
  const scales = setInterval(() => void weigh(), WATCH_MILLIS); // weigh() never rejects
  const onAbort = (): void => stop(new Problem('busy'));
  signal?.addEventListener('abort', onAbort, { once: true });
  const trace = lastWords(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (err) => stop(err));
  });
  try {
    child.stdin?.on('error', () => undefined); // the child refused before it had read all
    child.stdin?.end(bytes);
    const answer = await gather(child).catch((err: unknown) =>
      stop(err instanceof Error ? err : new Error(String(err))),
    );
    await ended;
    if (stopped) throw stopped;
    if (answer) return answer;
    if (child.exitCode === OUR_FAULT) throw new Error(`the spreadsheet child failed\n${await trace}`);
    // it died without a word: the heap limit
    throw refusal('reading_too_heavy');
  } finally {
    clearTimeout(clock);
    clearInterval(scales);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** The stack of a child that broke; Node's own report of a full heap is cut short. */
async function lastWords({ stderr }: ChildProcess): Promise<string> {
  let words = '';
  for await (const piece of stderr ?? []) if (words.length < LONGEST_TRACE) words += String(piece);
  return words.slice(0, LONGEST_TRACE);
}

/** Puts the child's lines together; undefined if it stopped before its end. */
async function gather(child: ChildProcess): Promise<Answer | undefined> {
  if (!child.stdout) return undefined;
  const answer: Answer = { head: undefined, lists: {} };
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    const said = JSON.parse(line) as Said; // written by child.ts
    if (said.say === 'head') answer.head = said.head;
    else if (said.say === 'items') {
      answer.lists[said.list] ??= [];
      answer.lists[said.list]?.push(...said.items);
    } else if (said.say === 'end') return answer;
    else throw refusal(isFileFault(said.code) ? said.code : 'file_damaged', said.detail);
  }
  return undefined;
}
