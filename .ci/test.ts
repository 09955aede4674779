/** `npm test`: runs every group of stages in order, even after failures, and prints one line of counts per stage at the end. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCounts, type Counts } from './counts.ts';
import { runCommand } from './run-command.ts';
import { type Stage, stageGroups } from './stages.ts';

/** Twice the longest stage on two cores, so only a hanging stage reaches it. */
const stageLimitMs = 50 * 60_000;

const inWords = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const chosenGroups = (names: readonly string[]): typeof stageGroups => {
  const stages = stageGroups.flat();
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    throw new Error(`The stage is ${unknown}, expected one of ${stages.map(({ name }) => name).join(', ')}.`);
  }
  if (names.length === 0) return stageGroups;
  return stageGroups.map((group) => group.filter(({ name }) => names.includes(name)));
};

interface StageResult {
  readonly counts: Counts;
  /** The stage's line in the table at the end. */
  readonly line: string;
}

/** @param after if given, the output is printed after it, because two interleaved outputs are unreadable */
const runStage = async (
  { name, title, command, environment, count }: Stage,
  reports: string,
  after: Promise<unknown> | undefined,
): Promise<StageResult> => {
  if (!after) console.log(`\n== ${title} ==`);
  const reportFile = join(reports, `${name}.json`);
  const startMs = performance.now();
  const { succeeded, output } = await runCommand(
    command(reportFile),
    environment?.(reportFile) ?? {},
    stageLimitMs,
    after !== undefined,
  );
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  await after;
  if (after) console.log(`\n== ${title} ==\n${output}`);
  const counts = count({ succeeded, report: read(reportFile) });
  return { counts, line: `${title.padEnd(30)} ${seconds.padStart(7)} s   ${inWords(counts)}` };
};

const run = async (groups: typeof stageGroups, reports: string): Promise<Counts> => {
  const results: StageResult[] = [];
  for (const group of groups) {
    const underWay: Promise<StageResult>[] = [];
    for (const stage of group) underWay.push(runStage(stage, reports, underWay.at(-1)));
    results.push(...(await Promise.all(underWay)));
  }
  console.log(`\n${results.map(({ line }) => line).join('\n')}\n`);
  return addCounts(results.map(({ counts }) => counts));
};

const reports = mkdtempSync(join(tmpdir(), 'residua-test-'));
try {
  const total = await run(chosenGroups(process.argv.slice(2)), reports);
  console.log(inWords(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
