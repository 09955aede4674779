import { describe, expect, it } from 'vitest';
import { addCounts, countCheck, countPlaywright, countVitest } from './counts.ts';

const vitest = (passed: number, failed: number, files: readonly object[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 2,
    testResults: files,
  });

const playwright = (stats: object): string => JSON.stringify({ errors: [], stats });

describe('countVitest', () => {
  it('counts the tests of the report, with todo as skipped', () => {
    expect(countVitest({ succeeded: true, report: vitest(5, 0) })).toEqual({
      passed: 5,
      failed: 0,
      skipped: 3,
    });
  });

  it('counts a file that failed before its first test', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(countVitest({ succeeded: false, report: vitest(5, 1, files) }).failed).toBe(2);
  });

  it('counts a crash after passing tests as a failure', () => {
    expect(countVitest({ succeeded: false, report: vitest(5, 0) })).toMatchObject({ passed: 5, failed: 1 });
  });

  it('counts a missing, broken or empty report as a failure', () => {
    for (const report of [undefined, '{"numPassed', '{}', vitest(0, 0)]) {
      expect(countVitest({ succeeded: true, report }).failed).toBe(1);
    }
  });
});

describe('countPlaywright', () => {
  it('counts a test that passed only on a retry as failed', () => {
    const report = playwright({ expected: 4, unexpected: 1, flaky: 1, skipped: 2 });
    expect(countPlaywright({ succeeded: false, report })).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  it('counts a run with only skipped tests as a failure', () => {
    const report = playwright({ expected: 0, unexpected: 0, flaky: 0, skipped: 2 });
    expect(countPlaywright({ succeeded: true, report })).toEqual({ passed: 0, failed: 1, skipped: 2 });
  });

  it('counts a server that did not start as a failure', () => {
    expect(countPlaywright({ succeeded: false, report: undefined }).failed).toBe(1);
  });
});

describe('addCounts', () => {
  it('sums over any number of stages', () => {
    const passed = countCheck({ succeeded: true, report: undefined });
    const failed = countCheck({ succeeded: false, report: undefined });
    expect(addCounts([passed, failed, passed])).toEqual({ passed: 2, failed: 1, skipped: 0 });
    expect(addCounts([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
