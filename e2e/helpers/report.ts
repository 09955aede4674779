/** Lines for the log of a test run: what was measured, what was skipped and why. */

/** Prints one line. */
export const report = (line: string): void => {
  process.stdout.write(`    ${line}\n`);
};
