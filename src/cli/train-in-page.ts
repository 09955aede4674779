/** One run from a shell: from an open page to its results. */
import type { PlainBaselines } from '#core/baselines/plain-baselines.ts';
import type { DeviceChoice } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import type { BrowserPage } from './browser-page.ts';
import type { DataFile } from './data-files.ts';
import type { FileExchange } from './file-exchange.ts';
import { loadFolder } from './load-in-page.ts';
import { type ProgressLine, progressText } from './progress-line.ts';
import type { EvaluateCommand, TrainCommand } from './train-command.ts';
import type { FinishedRun } from './write-results.ts';

/** The name under which the page returns the weights. */
export const weightsName = 'weights.bin';

const pollEveryMs = 500;

const openDevice = async (page: BrowserPage, choice: DeviceChoice): Promise<void> => {
  const device = await page.run(async (wanted) => {
    await window.residua.ready;
    if (wanted !== 'auto') await window.residua.chooseDevice(wanted);
    return window.residua.snapshot().device;
  }, choice);
  if (device.phase === 'failed') throw ResiduaError.fromPlain(device.error);
};

const showProgress = async (page: BrowserPage, line: ProgressLine, last: boolean): Promise<void> => {
  const progress = await page.run(() => {
    const { status, history } = window.residua.store.getState().run;
    const auroc = history.evaluations.at(-1)?.imageAuroc;
    return {
      status,
      loss: history.steps.at(-1)?.loss,
      imageAuroc: auroc?.defined ? auroc.value : undefined,
    };
  }, undefined);
  line.show(progressText(progress), { last });
};

const train = async (page: BrowserPage, line: ProgressLine): Promise<void> => {
  let over = false;
  const training = page.run(() => window.residua.train(), undefined);
  const ended = training.then(
    () => undefined,
    () => undefined,
  );
  void ended.then(() => {
    over = true;
  });
  try {
    while (!over) {
      await showProgress(page, line, false);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, pollEveryMs))]);
    }
    await training;
    await showProgress(page, line, true);
  } finally {
    line.end();
  }
};

/** Loads the model from the exchange and evaluates it. @param first number of `model.json`; `weights.bin` follows */
const evaluate = (
  page: BrowserPage,
  prefix: string,
  first: number,
  settings: EvaluateCommand['settings'],
): Promise<void> =>
  page.run(
    async ({ prefix, first, settings }) => {
      const [model, weights] = await Promise.all(
        [first, first + 1].map((number) => fetch(`${prefix}/${number}`)),
      );
      if (!model?.ok || !weights?.ok) throw new Error('The files of the model cannot be read');
      await window.residua.importRun({ modelJson: await model.text(), weights: await weights.arrayBuffer() });
      await window.residua.evaluateWith(settings);
    },
    { prefix, first, settings },
  );

/**
 * Configures the page, trains or loads a model, and collects the results.
 * @param files files of the data folder; undefined selects the sample category
 * @param onBaselines receives the baselines: before training, or, for a loaded model, with its settings
 * @throws ResiduaError the error that the page would show
 */
export const runInPage = async (
  page: BrowserPage,
  exchange: FileExchange,
  files: readonly DataFile[] | undefined,
  command: TrainCommand | EvaluateCommand,
  line: ProgressLine,
  onBaselines: (baselines: PlainBaselines) => void,
): Promise<FinishedRun> => {
  const startedAt = new Date();
  const startMs = performance.now();
  await openDevice(page, command.device);
  if (command.kind === 'train') {
    await page.run((config) => window.residua.setConfig(config), command.config);
  }
  if (files) await loadFolder(page, exchange.prefix, files, command.category);
  const reportBaselines = async (): Promise<void> =>
    onBaselines(await page.run(() => window.residua.baselines(), undefined));
  if (command.kind === 'train') await reportBaselines();
  const loadedMs = performance.now();
  if (command.kind === 'train') await train(page, line);
  else await evaluate(page, exchange.prefix, files?.length ?? 0, command.settings);
  const workMs = performance.now() - loadedMs;
  if (command.kind === 'evaluate') await reportBaselines();
  const metrics = await page.run(() => window.residua.metrics(), undefined);
  const baselines = await page.run(() => window.residua.baselines(), undefined);
  const comparison = command.compareScores
    ? await page.run(() => window.residua.compareScores(), undefined)
    : undefined;
  const threshold = await page.run(() => window.residua.fitThreshold(), undefined);
  const modelJson = await page.run(async (url) => {
    const { modelJson, weights } = await window.residua.exportRun();
    await fetch(url, { method: 'PUT', body: weights });
    return modelJson;
  }, `${exchange.prefix}/${weightsName}`);
  const weights = exchange.received(weightsName);
  if (!weights) throw new Error('The page did not return the weights.');
  return {
    snapshot: await page.run(() => window.residua.snapshot(), undefined),
    source: command.dataFolder ?? 'sample',
    model: command.kind === 'evaluate' ? command.modelFolder : undefined,
    browser: page.browser,
    startedAt,
    loadMs: loadedMs - startMs,
    workMs,
    metrics,
    baselines,
    comparison,
    threshold,
    modelJson,
    weights,
  };
};
