import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

const MINUTE = 60_000;

/** The one timer of a run. Moving it costs two events, so it moves only by more than a minute. */
export class Alarm {
  rang = false;
  private ringsAt = 0;
  private scope = new CancellationScope();

  set(waitMs: number): void {
    const ringsAt = Date.now() + Math.max(waitMs, MINUTE); // floor: no hot loop if the register errs
    if (!this.rang && Math.abs(ringsAt - this.ringsAt) <= MINUTE) return;
    this.scope.cancel();
    this.scope = new CancellationScope();
    this.rang = false;
    this.ringsAt = ringsAt;
    void this.scope
      .run(() => sleep(ringsAt - Date.now()))
      .then(
        () => {
          this.rang = true;
        },
        (err: unknown) => {
          if (!isCancellation(err)) throw err;
        },
      );
  }
}
