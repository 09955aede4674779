/** Counts a stage's passed, failed and skipped checks, from the reports of Vitest and Playwright. */
import * as v from 'valibot';

/** Checks of one stage, or of all. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How a stage's process ended. */
export interface StageOutcome {
  /** Whether the process ended by itself with exit code 0. */
  readonly succeeded: boolean;
  /** Text of the JSON report; undefined if none was written. */
  readonly report: string | undefined;
}

const vitestReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(v.object({ status: v.string(), assertionResults: v.array(v.unknown()) })),
});

const playwrightReport = v.object({
  errors: v.array(v.unknown()),
  stats: v.object({
    expected: v.number(),
    unexpected: v.number(),
    flaky: v.number(),
    skipped: v.number(),
  }),
});

const parsed = <T extends v.GenericSchema>(
  schema: T,
  text: string | undefined,
): v.InferOutput<T> | undefined => {
  try {
    const result = v.safeParse(schema, JSON.parse(text ?? ''));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
};

/** A stage that failed without a failed test, or that ran nothing, counts as one failure. */
const withCrash = (counts: Counts, succeeded: boolean): Counts => {
  const ranNothing = counts.passed + counts.failed === 0;
  const crashed = !succeeded && counts.failed === 0;
  return ranNothing || crashed ? { ...counts, failed: counts.failed + 1 } : counts;
};

const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

/** A stage without a report (types, lint, build) is one check. */
export const countCheck = ({ succeeded }: StageOutcome): Counts =>
  succeeded ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };

/** Tests of a Vitest JSON report; a file that failed before its first test counts as one failure. */
export const countVitest = ({ succeeded, report }: StageOutcome): Counts => {
  const found = parsed(vitestReport, report);
  if (!found) return withCrash(nothing, false);
  const unloaded = found.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return withCrash(
    {
      passed: found.numPassedTests,
      failed: found.numFailedTests + unloaded.length,
      skipped: found.numPendingTests + found.numTodoTests,
    },
    succeeded,
  );
};

/** Tests of a Playwright JSON report; one that passed only on a retry counts as failed. */
export const countPlaywright = ({ succeeded, report }: StageOutcome): Counts => {
  const found = parsed(playwrightReport, report);
  if (!found) return withCrash(nothing, false);
  const { expected, unexpected, flaky, skipped } = found.stats;
  return withCrash({ passed: expected, failed: unexpected + flaky, skipped }, succeeded);
};

/** The sum over all stages. */
export const addCounts = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    nothing,
  );
