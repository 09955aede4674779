/** `npm test`: every stage one after the other, whatever fails, and one line of counts over all of them at the end. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCounts, type Counts } from './counts.ts';
import { runCommand } from './run-command.ts';
import { type Stage, stages } from './stages.ts';

/** Several times what the longest stage takes on two cores: only a hanging one reaches it. */
const stageLimitMs = 15 * 60_000;

const inWords = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const chosenStages = (names: readonly string[]): readonly Stage[] => {
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no stage ${unknown}; there are ${stages.map(({ name }) => name).join(', ')}.`);
  }
  return names.length > 0 ? stages.filter(({ name }) => names.includes(name)) : stages;
};

const run = async (chosen: readonly Stage[], reports: string): Promise<Counts> => {
  const all: Counts[] = [];
  const lines: string[] = [];
  for (const { name, title, command, environment, count } of chosen) {
    console.log(`\n== ${title} ==`);
    const reportFile = join(reports, `${name}.json`);
    const startMs = performance.now();
    const succeeded = await runCommand(command(reportFile), environment?.(reportFile) ?? {}, stageLimitMs);
    const counts = count({ succeeded, report: read(reportFile) });
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    all.push(counts);
    lines.push(`${title.padEnd(30)} ${seconds.padStart(7)} s   ${inWords(counts)}`);
  }
  console.log(`\n${lines.join('\n')}\n`);
  return addCounts(all);
};

const reports = mkdtempSync(join(tmpdir(), 'residua-test-'));
try {
  const total = await run(chosenStages(process.argv.slice(2)), reports);
  console.log(inWords(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
