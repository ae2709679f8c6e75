import type { Difference, Shift } from '../../rules/analysis/difference.ts';
import type { DraftRunner } from '../../rules/drafts.ts';
import { both, exits, indented } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Asked {
  base: string;
  document: string;
  drafts: DraftRunner;
  json: boolean;
}

/** Every case whose outcome differs between two documents, from what to what. */
export async function diff({ base, document, drafts, json }: Asked, { print }: Terminal): Promise<number> {
  const found = await drafts.difference(base, document);
  print(json ? JSON.stringify(found, null, 2) : words(found));
  return found.equal && found.decided ? exits.fine : exits.not;
}

function words({ equal, decided, shifts, changed }: Difference): string {
  const lines = [...shifts.map(shiftLines), ...besides(changed)];
  if (!decided) lines.push('未能全部判定 · not decided in full');
  lines.push(
    equal
      ? '结果相同 · no case comes out otherwise'
      : `${shifts.length} 处变化 · outcomes that change: ${shifts.length}`,
  );
  return lines.join('\n');
}

function besides({ domains, facts, sources, texts }: Difference['changed']): string[] {
  return [
    ...domains.map(({ fact, from, to }) => `domain  ${fact}  ${both(from)} → ${both(to)}`),
    ...facts.map(({ fact, change }) => `fact  ${fact}  ${change}`),
    ...sources.map(({ source, change }) => `source  ${source}  ${change}`),
    ...texts.map(({ pointer, from, to }) => `text  ${pointer}  ${both(from ?? undefined)} → ${both(to ?? undefined)}`),
  ];
}

function shiftLines({ from, to, regions, witness }: Shift): string {
  const lines = [...regions.flatMap(({ words: region }) => [region['zh-CN'], region.en]), JSON.stringify(witness)];
  return `${both(from.title)} → ${both(to.title)}\n${indented(lines)}`;
}
