/** The steps of a new user: open the page, press Train, watch it learn, export the weights and import them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipParts } from '#core/bundle/zip-parts.ts';
import { chooseDevice, openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { aurocByPairs, aurocOfSnapshot } from './helpers/auroc-by-pairs.ts';
import { colorCount } from './helpers/canvas.ts';
import { startTrace, stopTrace } from './helpers/main-thread-trace.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

/** Pauses the run when the first column of its spectral map is known. */
const pauseAtFirstColumn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { store } = window.residua;
    await new Promise<void>((resolve) => {
      const stop = store.subscribe(({ run }) => {
        if (run.history.spectra.length === 0) return;
        stop();
        resolve();
      });
    });
    await store.actions.run.pause();
  });

/** Waits until the spectral map has a column for each epoch so far, and returns their number. */
const drawnEpochs = async (page: Page): Promise<number> => {
  const { spectra } = await page.evaluate(() => window.residua.store.getState().run.history);
  const epoch = spectra.at(-1)?.epoch;
  if (epoch === undefined) throw new Error('no spectrum is recorded');
  await expect(page.locator('.spectral-map canvas').first()).toHaveAttribute('width', String(epoch));
  return epoch;
};

test('one click on Train with the initial settings gives an AUROC of the sample category', async ({
  page,
}) => {
  await openApp(page);
  await expect(page.getByTestId('dataset-summary')).toContainText('sample');
  await expect(page.getByText('Images never leave this machine')).toBeVisible();
  const startMs = performance.now();
  await transport(page, 'Train').click();
  await expect(page.getByTestId('auroc')).toHaveText(/^0\.\d{3}$/, { timeout: 120_000 });
  const { device } = await snapshot(page);
  const backend = device.phase === 'ready' ? device.report.backend : device.phase;
  report(
    `from the click to the first AUROC, ${backend}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`,
  );
});

/** Number of lines in the spectral-bias chart. */
const bands = 6;

for (const [device, epochs] of [
  ['wasm', 6],
  // A software GPU needs a second per step.
  ['webgpu', 4],
] as const)
  test(`training on ${device} learns the sample category, with results`, async ({ page }) => {
    await openApp(page);
    await chooseDevice(page, device);
    // The preset takes minutes on a device without a GPU. L2 halves within these few steps; WFDL takes some 400.
    await setConfig(page, {
      loss: 'l2',
      side: 32,
      batch: 8,
      epochs,
      evaluateEvery: epochs,
      learningRate: 0.01,
    });
    await startTrace(page);
    const startMs = performance.now();
    const paused = pauseAtFirstColumn(page);
    await transport(page, 'Train').click();
    await paused;
    expect(await drawnEpochs(page)).toBeLessThan(epochs);
    await transport(page, 'Resume').click();
    const run = await waitForPhase(page, 'finished', 270_000);
    const trainedMs = performance.now() - startMs;

    const tasks = await stopTrace(page);
    const [longest] = tasks;
    if (!longest) throw new Error('the trace has no task of the main thread');
    report(
      `${run.steps.length} steps in ${Math.round(trainedMs)} ms; longest of ${tasks.length} main-thread tasks: ` +
        `${longest.processorMs.toFixed(0)} ms of processor time, ${longest.wallMs.toFixed(0)} ms by the clock`,
    );
    const losses = run.steps.map(({ loss }) => loss);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(Math.min(...losses)).toBeLessThan((losses[0] ?? 0) / 2);

    const auroc = run.evaluations.at(-1)?.imageAuroc;
    if (!auroc?.defined) throw new Error('AUROC is undefined on the sample category');
    expect(auroc.value).toBeCloseTo(aurocOfSnapshot(run), 12);
    await expect(page.getByTestId('auroc')).toHaveText(auroc.value.toFixed(3));

    // One column per epoch: the map has grown, and includes the last epoch.
    expect(await drawnEpochs(page)).toBe(epochs);
    const spectralBias = page.getByRole('region', { name: 'Spectral bias' });
    expect(await colorCount(spectralBias.locator('canvas'))).toBeGreaterThan(16);
    await expect(spectralBias.locator('.recharts-line-curve')).toHaveCount(bands);

    for (const panel of [
      ...['input', 'reconstruction', 'residual', 'overlay'],
      ...['spectrum-input', 'spectrum-reconstruction', 'spectrum-difference', 'weight'],
    ]) {
      const canvas = page.getByTestId(`panel-${panel}`).locator('canvas');
      expect(await colorCount(canvas), panel).toBeGreaterThan(16);
    }
  });

test('an export is imported with identical scores', async ({ page }, testInfo) => {
  await openApp(page);
  await setConfig(page, { side: 32, epochs: 2, evaluateEvery: 1, learningRate: 0.01 });
  await transport(page, 'Train').click();
  const trained = await waitForPhase(page, 'finished');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const bundle = testInfo.outputPath((await download).suggestedFilename());
  await (await download).saveAs(bundle);
  // The run is named "WFDL 1" once it is retained, which may be after the export.
  const name = basename(bundle, '.zip');
  expect(name).toMatch(/^sample-part-wfdl(-1)?-seed0$/);
  await expect(page.getByTestId('saved-notice')).toHaveText(`Saved ${name}.zip`);
  const parts = unzipParts(readFileSync(bundle), bundle);
  const text = (name: string): string => new TextDecoder().decode(parts.get(name));
  expect([...parts.keys()].sort()).toEqual(
    [
      ...['README.md', 'config.json', 'metrics.json', 'residua_torch.py'],
      ...['history.csv', 'evaluations.csv', 'scores.csv', 'images.csv', 'mapping.json'],
      ...['model.safetensors', 'calibration.safetensors', 'model.json', 'weights.bin', 'past.bin'],
      'model.onnx',
    ].sort(),
  );
  const exported = JSON.parse(text('model.json'));
  expect(exported).toHaveProperty('weightsManifest');
  const { config, history, metrics } = exported.userDefinedMetadata.residua;
  expect(config).toEqual(trained.config);
  const labels = trained.samples.filter(({ split }) => split === 'test').map(({ anomalous }) => anomalous);
  expect(metrics.imageAuroc.value).toBeCloseTo(aurocByPairs(history.evaluations.at(-1).scores, labels), 12);
  expect(JSON.parse(text('metrics.json')).imageAuroc).toBe(metrics.imageAuroc.value);

  // By itself, and beside images that the user allowed.
  await page.getByRole('button', { name: 'Parts of the export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('listitem')).toHaveCount(parts.size);
  await dialog.getByLabel(/^Ten test images/).check();
  await expect(dialog.getByRole('listitem')).toHaveCount(parts.size + 11);
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save model.safetensors' }).click();
  const safetensors = testInfo.outputPath('model.safetensors');
  await (await saved).saveAs(safetensors);
  expect((await saved).suggestedFilename()).toMatch(/^sample-part-wfdl(-1)?-seed0-model\.safetensors$/);
  expect(readFileSync(safetensors).equals(parts.get('model.safetensors') ?? Buffer.alloc(0))).toBe(true);
  // The same test images as maps, at the model's side.
  await dialog.getByLabel('Anomaly maps').selectOption('model');
  const savedMaps = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save maps' }).click();
  const archive = testInfo.outputPath('maps.zip');
  await (await savedMaps).saveAs(archive);
  const maps = unzipParts(readFileSync(archive), archive);
  expect(maps.size).toBe(labels.length);
  for (const [name, bytes] of maps) {
    expect(name).toMatch(/^anomaly_maps\/sample-part\/test\/[^/]+\/[^/]+\.tiff$/);
    expect(bytes.length).toBe(136 + 4 * 32 * 32);
  }
  const onnx = testInfo.outputPath('model.onnx');
  writeFileSync(onnx, parts.get('model.onnx') ?? '');
  for (const file of [bundle, safetensors, onnx]) {
    await page.reload();
    await page.evaluate(() => window.residua.ready);
    expect((await snapshot(page)).evaluations).toEqual([]);
    await page.getByTestId('import-input').setInputFiles(file);
    await expect.poll(async () => (await snapshot(page)).evaluations.length, { timeout: 90_000 }).toBe(2);
    const imported = await snapshot(page);
    expect(imported.config).toEqual(trained.config);
    expect(imported.evaluations.at(-1)?.scores).toEqual(trained.evaluations.at(-1)?.scores);
    expect(imported.steps).toEqual(trained.steps);
    if (file === bundle) await expect(page.getByTestId('epoch-scrubber')).toContainText('epoch 2 of 2');
  }
});
