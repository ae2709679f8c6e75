import { importDefinition, isImportKind } from '../../schemas/imports.ts';
import { Problem } from '../../schemas/problem.ts';
import { findSheet } from './columns.ts';
import type { ReadingLimits } from './limits.ts';
import { parseSheets } from './parse.ts';
import { reasonOf, refusal } from './refuse.ts';
import { parseRows } from './rows.ts';
import { PIECE } from './wire.ts';
import type { Answer, Ask, Said } from './wire.ts';

/** The child that may die: reads one file from standard input, says what is in it on standard output, ends. */
async function main(): Promise<void> {
  // written by read.ts, our own parent
  const { ask, limits } = JSON.parse(process.argv[2] ?? '') as { ask: Ask; limits: ReadingLimits };
  try {
    await tell(answer(await standardInput(), ask, limits));
  } catch (err) {
    const reason = err instanceof Problem ? reasonOf(err) : undefined;
    if (reason) return say({ say: 'refused', ...reason });
    // where it broke, and not over what: a message may quote a cell
    process.stderr.write(String(err instanceof Error ? err.stack : '').replace(/^(?!\s+at ).*\n?/gm, ''));
    process.exitCode = 1;
  }
}

async function standardInput(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer); // no encoding is set
  return Buffer.concat(pieces);
}

function answer(bytes: Buffer, ask: Ask, limits: ReadingLimits): Answer {
  const sheets = parseSheets(bytes, limits);
  if (sheets.length === 0) throw refusal('no_sheet');
  if (ask.want === 'sheets') {
    const lists = Object.fromEntries(sheets.map(({ rows }, i) => [String(i), rows]));
    return { head: sheets.map(({ rows: _, ...rest }) => rest), lists };
  }
  if (!isImportKind(ask.kind)) throw new Error(`unknown import kind ${ask.kind}`);
  const definition = importDefinition(ask.kind);
  const { rows, originals, faults, warnings, ...head } = parseRows(findSheet(sheets, definition, ask), definition, {
    ...ask,
    rowLimit: limits.rows,
  });
  return { head, lists: { rows, originals, faults, warnings } };
}

async function tell({ head, lists }: Answer): Promise<void> {
  await say({ say: 'head', head });
  for (const [list, items] of Object.entries(lists)) {
    for (let at = 0; at < items.length; at += PIECE)
      await say({ say: 'items', list, items: items.slice(at, at + PIECE) });
  }
  await say({ say: 'end' });
}

/** Waits for the pipe to drain: a slow parent must not fill this process's memory. */
async function say(said: Said): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(said)}\n`)) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}

await main();
