import { join } from 'node:path';
import { projectRoot } from './host.mjs';

export type ChildName = 'temporal' | 'signer' | 'api' | 'worker';
export type StepName = 'migrate' | 'seed' | 'rebuild';

export interface SystemOptions {
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  publicUrl?: string;
  databaseUrl?: string;
  /** A server of one's own; without it the embedded one is started. */
  temporalAddress?: string;
  /** Whether to make the demo college if it has not been made. */
  seed: boolean;
  /** More environment for the children, for example the speed of a clock. */
  env?: Record<string, string>;
  /** Other scripts than dist/bin/{name}.js. */
  scripts?: Partial<Record<Exclude<ChildName, 'temporal'> | StepName, string>>;
  /** Gives up a start that is under way. */
  abort?: AbortSignal;
  say(zh: string, en: string): void;
}

export function scriptOf(name: Exclude<ChildName, 'temporal'> | StepName, { scripts }: SystemOptions): string {
  return scripts?.[name] ?? join(projectRoot, 'dist/bin', `${name}.js`);
}
