import { stopPostgres } from './postgres.ts';

/** Ends what the test files have shared. They start it themselves when they first need it: most runs need nothing. */
export async function teardown(): Promise<void> {
  await stopPostgres();
}
