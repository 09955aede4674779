/** The stages of `npm test`, in the order in which they run. */
import { type Counts, countCheck, countPlaywright, countVitest, type StageOutcome } from './counts.ts';

export interface Stage {
  /** The name for running this stage alone: `npm test -- unit`. */
  readonly name: string;
  readonly title: string;
  /** @param reportFile path of the stage's JSON report */
  readonly command: (reportFile: string) => readonly [string, ...string[]];
  readonly environment?: (reportFile: string) => Readonly<Record<string, string>>;
  readonly count: (outcome: StageOutcome) => Counts;
}

/** @param projects a pattern of names in `vite.config.ts` */
const vitest = (name: string, title: string, projects: string): Stage => ({
  name,
  title,
  command: (reportFile) => [
    'vitest',
    'run',
    `--project=${projects}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ],
  count: countVitest,
});

/** Stages of a group run at the same time: each leaves much of two cores idle while it compiles or loads. */
export const stageGroups: readonly (readonly Stage[])[] = [
  [
    { name: 'types', title: 'Types', command: () => ['tsc', '--noEmit'], count: countCheck },
    {
      name: 'lint',
      title: 'Lint, format and import rules',
      command: () => ['biome', 'check', '--error-on-warnings', '.'],
      count: countCheck,
    },
  ],
  [vitest('unit', 'Unit tests in Node', 'node')],
  [
    vitest('gpu-chromium', 'GPU tests in Chromium', 'chromium*'),
    vitest('gpu-firefox', 'GPU tests in Firefox', 'firefox*'),
    { name: 'build', title: 'Build', command: () => ['vite', 'build'], count: countCheck },
  ],
  [
    {
      name: 'e2e-chromium',
      title: 'End to end in Chromium',
      command: () => ['playwright', 'test', '--reporter=list,json'],
      environment: (reportFile) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile }),
      count: countPlaywright,
    },
  ],
  [vitest('e2e-firefox', 'End to end in Firefox', 'e2e-firefox')],
];
