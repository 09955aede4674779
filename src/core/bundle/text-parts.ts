/** The parts of a bundle that are text, each with its writer. */
import { mappingFile } from '../layout/mapping-file.ts';
import { settingsVersion } from '../versions/settings-version.ts';
import { imagesCsv } from './images-csv.ts';
import { metricsFile } from './metrics-file.ts';
import { modelCard } from './model-card.ts';
import { evaluationsCsv, historyCsv } from './run-csv.ts';
import type { RunReport } from './run-report.ts';
import { scoresCsv } from './scores-csv.ts';

/** Formats a file's JSON. */
export const asJson = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

const mappingJson = ({ snapshot: { samples, categoryName = 'category' }, maskPaths }: RunReport): string =>
  asJson(
    mappingFile([
      {
        name: categoryName,
        images: samples.map(({ hasMask, ...sample }) => ({
          ...sample,
          maskPaths: (hasMask && maskPaths.get(sample.path)) || [],
        })),
      },
    ]),
  );

const writers: Readonly<Record<string, (report: RunReport) => string>> = {
  'README.md': modelCard,
  'config.json': ({ snapshot }) => asJson({ settingsVersion, ...snapshot.config }),
  'metrics.json': (report) => asJson(metricsFile(report)),
  'history.csv': ({ snapshot }) => historyCsv(snapshot),
  'evaluations.csv': ({ snapshot }) => evaluationsCsv(snapshot),
  'scores.csv': ({ snapshot: { samples, evaluations }, baselines }) =>
    scoresCsv(samples, evaluations.at(-1)?.scores ?? [], baselines),
  'images.csv': imagesCsv,
  'mapping.json': mappingJson,
};

/** Writes all of them: texts by the names of their files. */
export const textParts = (report: RunReport): ReadonlyMap<string, string> =>
  new Map(Object.entries(writers).map(([name, write]) => [name, write(report)]));
