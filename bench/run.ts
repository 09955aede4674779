/** `npm run bench`: every kernel beside its baseline, in Chromium and Firefox, as a table and as bench/out/results.json. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { type BrowserPage, openPage } from '#cli/browser-page.ts';
import { type BrowserName, browserNames } from '#cli/train-command.ts';
import type { BenchRow } from './page/rows.ts';

const usage = `Usage: npm run bench -- [--browser chromium|firefox] [--side 64] [--batch 4] [--only TEXT] [--no-stock]
  --only      runs the benches whose name contains the text, such as fft or conv
  --no-stock  leaves out stock tfjs, which takes most of the time
RESIDUA_GPU=1 uses the graphics card; without it Chromium uses its software adapter.`;

/** A row of results.json. */
interface ResultRow extends BenchRow {
  /** Share of the device's measured multiply-add peak, 0 to 1. */
  readonly peakShare: number | undefined;
  readonly browser: string;
  readonly device: string;
}

interface Settings {
  readonly side: number;
  readonly batch: number;
  readonly stock: boolean;
  readonly only: string;
}

const figure = (value: number | undefined, digits = 3): string =>
  value === undefined ? '-' : value.toPrecision(digits);

const tableLine = (id: string, values: readonly string[]): string =>
  `${id.padEnd(56)}${values.map((value) => value.padStart(11)).join('')}`;

const lineOf = (row: ResultRow): string =>
  tableLine(row.id, [
    figure(row.medianMs),
    figure(row.baselineMs),
    figure(row.ratio),
    figure(row.gflops),
    figure(row.gbs),
    row.peakShare === undefined ? '-' : `${(100 * row.peakShare).toFixed(1)} %`,
  ]);

const benchIn = async (page: BrowserPage, { only, ...settings }: Settings): Promise<ResultRow[]> => {
  const { device, peakGflops } = await page.run((wanted) => window.residuaBench.start(wanted), settings);
  console.log(`\n${page.browser}, ${device}: multiply-add peak ${figure(peakGflops)} GFLOP/s`);
  console.log(tableLine('', ['ms', 'baseline', 'ratio', 'GFLOP/s', 'GB/s', 'of peak']));
  const names = await page.run(() => window.residuaBench.names(), undefined);
  const all: ResultRow[] = [];
  for (const name of names.filter((candidate) => candidate.includes(only))) {
    const rows = await page.run((wanted) => window.residuaBench.run(wanted), name);
    for (const row of rows) {
      const peakShare = row.gflops === undefined ? undefined : row.gflops / peakGflops;
      const result = { ...row, peakShare, browser: page.browser, device };
      console.log(lineOf(result));
      all.push(result);
    }
  }
  return all;
};

const { values } = parseArgs({
  options: {
    browser: { type: 'string', multiple: true },
    side: { type: 'string', default: '64' },
    batch: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
    stock: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const root = fileURLToPath(new URL('..', import.meta.url));

const bench = async (browsers: readonly BrowserName[]): Promise<void> => {
  const server = await createServer({ root, logLevel: 'warn', server: { host: '127.0.0.1', port: 0 } });
  await server.listen();
  const rows: ResultRow[] = [];
  try {
    for (const browser of browsers) {
      const page = await openPage(browser, `${server.resolvedUrls?.local[0]}bench/page/index.html`);
      try {
        const settings = {
          side: Number(values.side),
          batch: Number(values.batch),
          stock: values.stock,
          only: values.only,
        };
        rows.push(...(await benchIn(page, settings)));
      } finally {
        await page.close();
      }
    }
  } finally {
    await server.close();
  }
  const folder = join(root, 'bench', 'out');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(rows, undefined, 2)}\n`);
};

if (values.help) console.log(usage);
else await bench(browserNames.filter((name) => values.browser?.includes(name) ?? true));
