export const projectRoot: string;
export function cacheFolder(...names: string[]): string;
export class Stop extends Error {
  constructor(zh: string, en: string, details?: string);
}
export function say(zh: string, en: string): void;
export interface ExecOptions {
  cwd?: string;
  env?: Record<string, string>;
  timeoutMs?: number;
  show?: boolean;
}
export function exec(
  command: string,
  args: readonly string[],
  options?: ExecOptions,
): Promise<{ code: number; output: string }>;
