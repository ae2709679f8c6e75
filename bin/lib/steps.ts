import { exec, Stop } from './host.mjs';
import { scriptOf } from './system-options.ts';
import type { StepName, SystemOptions } from './system-options.ts';

const NEWER_DATA = 3;

/** A command run to its end before or beside the children. What it prints is the sentence a person sees. */
export async function runStep(name: StepName, options: SystemOptions, env: Record<string, string>): Promise<void> {
  const { code, output } = await exec(process.execPath, [scriptOf(name, options)], { env });
  if (code === 0) return;
  const printed = output.trim();
  if (code === NEWER_DATA) {
    const fallback = '数据目录由更新的版本建立，请升级程序。';
    throw new Stop(
      printed || fallback,
      printed ? '' : 'The data folder was made by a newer version: upgrade the program.',
    );
  }
  throw new Stop(`${name} 未能完成，原因见下。`, `${name} did not finish; its output stands below.`, printed);
}

/** A new store knows no workflow: every open case is nudged, and each workflow starts from the register again. */
export async function rebuild(options: SystemOptions, env: Record<string, string>): Promise<void> {
  const { say } = options;
  await runStep('rebuild', options, env).catch((err: unknown) => {
    // The reconciler finds the same cases within minutes, so this is worth a line, not an end.
    say(`重建未完成：${messageOf(err)}`, `rebuild did not finish: ${messageOf(err)}`);
  });
}

function messageOf(err: unknown): string {
  return err instanceof Error ? err.message : String(err);
}
