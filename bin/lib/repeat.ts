export interface Repeating {
  /** Begins no other turn, and waits for the one at work. */
  stop(): Promise<void>;
}

/** Does the work now and then every so often, never twice at once. A fault is told and the next turn tries again. Keeps no process alive. */
export function repeat(
  work: () => Promise<unknown>,
  { everyMs, onFault }: { everyMs: number; onFault: (error: unknown) => void },
): Repeating {
  let turn: Promise<void> | null = null;
  const begin = (): void => {
    turn ??= work()
      .then(() => undefined, onFault)
      .finally(() => {
        turn = null;
      });
  };
  const timer = setInterval(begin, everyMs);
  timer.unref();
  begin();
  return {
    async stop() {
      clearInterval(timer);
      await turn;
    },
  };
}
