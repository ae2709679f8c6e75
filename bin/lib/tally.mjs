export function tally(passed, failed) {
  return { passed, failed };
}

/**
 * Counts Vitest's JSON report. What did not run counts as failed: a file that could not be loaded, a test that was
 * skipped or left to do, and an end that was not clean although every test passed.
 */
export function vitestTally(report, exitCode) {
  if (!report) return tally(0, 1);
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const notRun = report.numPendingTests + (report.numTodoTests ?? 0);
  const failed = report.numFailedTests + unloaded.length + notRun;
  return tally(report.numPassedTests, failed === 0 && exitCode !== 0 ? 1 : failed);
}
