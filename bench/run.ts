/** `npm run bench`: every kernel against its baseline, in Chromium and Firefox, as a table and as bench/out/results.json. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { type BrowserName, browserNames } from '#cli/train-command.ts';
import { benchInBrowser, type ResultRow } from './bench-browser.ts';

const usage = `Usage: npm run bench -- [--browser chromium|firefox]... [--only TEXT] [--quick] [--no-stock] [--layer-side 128]
  --browser     only this browser; both by default
  --only        only benches with this text in their id, such as conv, step-64 or loss-share
  --quick       a few minutes: fewer and shorter samples, no long benches, no step on stock kernels
  --no-stock    omits stock tfjs, which takes most of the time
  --layer-side  image side of the layers in the geometric mean of the convolutions
The whole bench takes about 25 minutes on two cores without a graphics card. RESIDUA_GPU=1 uses the graphics card;
without it Chromium uses its software adapter. If a bench fails, it is reported, the others continue, and the exit code is 1.

Candidates alternate. Times are medians of 5 samples, or of 3 if one call takes more than 5 s and for the layers in the
geometric mean. A sample has enough calls to make the wait for a readback negligible. The whole step's baseline uses our
own WFDL, because tfjs's transform has no gradient and takes O(N^2), and Adam, because tfjs has no RAdam: the first favors
the baseline.`;

const { values } = parseArgs({
  options: {
    browser: { type: 'string', multiple: true, default: [...browserNames] },
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    stock: { type: 'boolean', default: true },
    'layer-side': { type: 'string', default: '128' },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const root = fileURLToPath(new URL('..', import.meta.url));

/** Serves the bench page like the app's page, isolated from other origins, to allow threads in WASM. */
const serve = () =>
  createServer({
    root,
    logLevel: 'warn',
    server: {
      host: '127.0.0.1',
      port: 0,
      // A file that is saved during a bench must not reload the page.
      hmr: false,
      watch: null,
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
  });

/** @returns whether all rows have values */
const bench = async (browsers: readonly BrowserName[]): Promise<boolean> => {
  const folder = join(root, 'bench', 'out');
  await mkdir(folder, { recursive: true });
  const settings = {
    stock: values.stock,
    quick: values.quick,
    layerSide: Number(values['layer-side']),
    only: values.only,
  };
  const rows: ResultRow[] = [];
  let complete = true;
  const server = await serve();
  await server.listen();
  try {
    for (const browser of browsers) {
      try {
        const url = `${server.resolvedUrls?.local[0]}bench/page/index.html`;
        await benchInBrowser(browser, url, settings, (row) => rows.push(row));
      } catch (error) {
        console.error(`${browser}: ${error instanceof Error ? error.message : error}`);
        complete = false;
      }
      await writeFile(join(folder, 'results.json'), `${JSON.stringify(rows, undefined, 2)}\n`);
    }
  } finally {
    await server.close();
  }
  return complete && rows.every(({ error }) => error === null);
};

const unknown = values.browser.find((name) => !browserNames.some((known) => known === name));
if (values.help) console.log(usage);
else if (unknown !== undefined) {
  console.error(`The browser ${unknown} is not supported.\n\n${usage}`);
  process.exitCode = 2;
} else {
  const complete = await bench(browserNames.filter((name) => values.browser.includes(name)));
  process.exitCode = complete ? 0 : 1;
}
