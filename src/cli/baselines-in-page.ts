/** Computes the baselines of a category in an open page, and returns the files with them. */
import { baselinesJson } from '#core/bundle/metrics-json.ts';
import { scoresCsv } from '#core/bundle/scores-csv.ts';
import { asJson } from '#core/bundle/text-parts.ts';
import { imagesUsed } from '#core/images-used.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { baselineLines } from './baseline-table.ts';
import type { BrowserPage } from './browser-page.ts';
import type { DataFile } from './data-files.ts';
import type { FileExchange } from './file-exchange.ts';
import { loadFolder } from './load-in-page.ts';
import type { BaselinesCommand } from './train-command.ts';

/** The printed lines, and the files by name. */
export interface FinishedBaselines {
  readonly lines: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Computes the baselines of the command's category without training.
 * @param files files of the data folder; undefined selects the sample category
 * @throws ResiduaError the error that the page would show
 */
export const baselinesInPage = async (
  page: BrowserPage,
  exchange: FileExchange,
  files: readonly DataFile[] | undefined,
  command: BaselinesCommand,
): Promise<FinishedBaselines> => {
  await page.run(() => window.residua.ready, undefined);
  await page.run((config) => window.residua.setConfig(config), command.config);
  if (files) await loadFolder(page, exchange.prefix, files, command);
  const baselines = await page.run(() => window.residua.baselines(), undefined);
  const { categoryName, samples, skippedFiles, config } = await page.run(
    () => window.residua.snapshot(),
    undefined,
  );
  return {
    lines: baselineLines(baselines),
    files: new Map([
      ['config.json', asJson({ settingsVersion, ...config })],
      [
        'metrics.json',
        asJson({
          category: categoryName,
          source: command.dataFolder ?? 'sample',
          images: { ...imagesUsed(samples, config), setAside: skippedFiles.length },
          ...baselinesJson(baselines),
          browser: page.browser,
        }),
      ],
      ['scores.csv', scoresCsv(samples, undefined, baselines)],
    ]),
  };
};
