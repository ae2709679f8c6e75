import { expect, test } from 'vitest';
import { vitestTally } from '../../bin/lib/tally.mjs';

const clean = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

test('passed and failed tests are counted', () => {
  expect(vitestTally({ ...clean, numFailedTests: 2 }, 1)).toEqual({ passed: 5, failed: 2 });
});

test('a test that is skipped or left to do counts as failed', () => {
  expect(vitestTally({ ...clean, numPendingTests: 1, numTodoTests: 1 }, 0)).toEqual({ passed: 5, failed: 2 });
});

test('a file that cannot be loaded counts as failed', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(vitestTally({ ...clean, testResults }, 1)).toEqual({ passed: 5, failed: 1 });
});

test('an unclean end after passed tests, and no report at all, count as failed', () => {
  expect(vitestTally(clean, 1)).toEqual({ passed: 5, failed: 1 });
  expect(vitestTally(null, 1)).toEqual({ passed: 0, failed: 1 });
});
