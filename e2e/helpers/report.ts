/** Lines for the log of a test run: measurements, and skipped tests with the reason. */

/** Prints one line. */
export const report = (line: string): void => {
  process.stdout.write(`    ${line}\n`);
};
