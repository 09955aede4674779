/**
 * `npm run bundle-pair`: trains the pair of runs that the page opens with, and writes it to `public/pair.bin`. Both runs have the
 * settings of the page at its first visit and differ in the loss. They train on the processor, so the file is the same on every
 * machine. `npm run bundle-pair -- --check` trains them again, writes nothing, and fails if the bytes differ.
 */
import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type CompactChoice, readCompactRuns, writeCompactRuns } from '#core/compact-run/compact-run.ts';
import { asResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import { type BrowserPage, openPage } from './browser-page.ts';
import { ensureBuilt, serveApp, undrawn } from './built-app.ts';
import { reproducibleRun } from './reproducible-run.ts';

/** The contestants in the order of their places. */
const losses = ['wfdl', 'l2'] as const;

/** Past epochs beside the last, which each page computes from the weights. Residuals are largest at the first. */
const epochs: CompactChoice['epochs'] = [
  { epoch: 4, levels: 31 },
  { epoch: 8, levels: 31 },
  { epoch: 12, levels: 31 },
  { epoch: 20, levels: 47 },
  { epoch: 32, levels: 63 },
  { epoch: 56, levels: 63 },
];

const choice: CompactChoice = { weightSteps: 48, epochs };

/** The rounded weights may change an AUROC by this much. One pair of test images in another order changes it by .00087. */
const mostChange = 0.001;

/** Whether to compare with the file instead of writing it. */
const checks = process.argv.includes('--check');

const mostBytes = 1.5e6;
const target = new URL('../../public/pair.bin', import.meta.url);

interface TextRun {
  readonly modelJson: string;
  /** Base64. */
  readonly weights: string;
  readonly past: string;
}

const fromText = ({ modelJson, weights, past }: TextRun): ExportedRun => {
  const bytes = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'base64')).buffer;
  return { modelJson, weights: bytes(weights), past: bytes(past) };
};

/** Trains one run in the page. */
const train = (page: BrowserPage, loss: (typeof losses)[number]): Promise<TextRun> =>
  page.run(async (wanted) => {
    const { residua } = window;
    await residua.ready;
    await residua.chooseDevice('wasm');
    residua.setConfig({ loss: wanted });
    await residua.train();
    const { modelJson, weights, past } = await residua.exportRun();
    if (!past) throw new Error('The page exported no past epochs.');
    const text = async (buffer: ArrayBuffer): Promise<string> => {
      const reader = new FileReader();
      reader.readAsDataURL(new Blob([buffer]));
      await new Promise((resolve) => reader.addEventListener('load', resolve));
      return String(reader.result).replace(/^[^,]*,/, '');
    };
    return { modelJson, weights: await text(weights), past: await text(past) };
  }, loss);

/** Imports a run in the page, and returns its evaluation there, and its `model.json` with that evaluation. */
const evaluate = (page: BrowserPage, { modelJson, weights, past }: ExportedRun) =>
  page.run(
    async (run) => {
      const bytes = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
      const { residua } = window;
      await residua.importRun({
        modelJson: run.modelJson,
        weights: bytes(run.weights),
        past: bytes(run.past),
      });
      const { run: state, runs } = residua.store.getState();
      const auroc = state.history.evaluations.at(-1)?.imageAuroc;
      if (!auroc?.defined || runs.error) throw new Error(runs.error?.problem ?? 'There is no AUROC.');
      const exported = await residua.exportRun();
      const past = state.pastEvaluations.map(({ epoch }) => epoch);
      return { auroc: auroc.value, past, modelJson: exported.modelJson };
    },
    {
      modelJson,
      weights: Buffer.from(weights).toString('base64'),
      past: Buffer.from(past ?? new ArrayBuffer(0)).toString('base64'),
    },
  );

/** Returns the runs in one array, with the evaluations of their rounded weights. */
const compact = async (page: BrowserPage, runs: readonly ExportedRun[]): Promise<Uint8Array> => {
  const rounded = readCompactRuns(writeCompactRuns(runs, choice));
  const evaluated: ExportedRun[] = [];
  // One after the other: a page imports one run at a time.
  for (const [index, run] of runs.entries()) {
    const before = await evaluate(page, run);
    const after = await evaluate(page, rounded[index]);
    console.log(
      `${losses[index]}: AUROC ${after.auroc.toFixed(5)}, ${before.auroc.toFixed(5)} before rounding; epochs ${after.past}`,
    );
    if (Math.abs(after.auroc - before.auroc) > mostChange)
      throw new Error(`Rounding changes the AUROC of ${losses[index]} by more than ${mostChange}.`);
    evaluated.push(reproducibleRun({ ...run, modelJson: after.modelJson }));
  }
  return writeCompactRuns(evaluated, choice);
};

/** @throws Error if the file in the project has other content */
const requireSame = async (compressed: Uint8Array): Promise<void> => {
  if (!gunzipSync(await readFile(target)).equals(gunzipSync(compressed)))
    throw new Error('public/pair.bin has other bytes. Run npm run bundle-pair.');
  console.log('public/pair.bin has the same bytes.');
};

const bundle = async (): Promise<void> => {
  await ensureBuilt();
  const server = await serveApp();
  const page = await openPage('chromium', undrawn(server.url));
  try {
    const runs: ExportedRun[] = [];
    for (const loss of losses) {
      runs.push(reproducibleRun(fromText(await train(page, loss))));
      console.log(`${loss} is trained.`);
    }
    const compressed = gzipSync(await compact(page, runs), { level: 9 });
    console.log(`${compressed.length} bytes.`);
    if (compressed.length > mostBytes) throw new Error(`The pair must have at most ${mostBytes} bytes.`);
    if (checks) await requireSame(compressed);
    else await writeFile(target, compressed);
  } finally {
    await Promise.allSettled([page.close(), server.close()]);
  }
};

try {
  await bundle();
} catch (thrown) {
  console.error(asResiduaError(thrown).message);
  process.exitCode = 1;
}
