import { problemKinds } from '../../schemas/problem.ts';
import type { Problem } from '../../schemas/problem.ts';
import type { Text } from '../../schemas/text.ts';
import type { Composition } from '../compose.ts';

/** Done, or the same; refused, failed or different; asked wrongly. */
export const exits = { fine: 0, not: 1, usage: 2 } as const;

export interface Terminal {
  print(text: string): void;
  /** The register of this deployment; opened only by commands that need it. */
  open(): Promise<Composition>;
}

/** Chinese first, English after it. */
export const both = (text: Text | undefined): string => (text ? `${text['zh-CN']}  ${text.en}` : '');

export const indented = (lines: readonly string[]): string => lines.map((line) => `    ${line}`).join('\n');

/** What a refusal says, every fault with its place. */
export function refusal({ code, errors }: Problem): string {
  const faults = errors.map(
    ({ pointer, code: fault, text, detail }) =>
      `  ${pointer || '/'}  ${fault}  ${text ? both(text) : JSON.stringify(detail ?? {})}`,
  );
  return [`${code}: ${both(problemKinds[code].text)}`, ...faults].join('\n');
}
