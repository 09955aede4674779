/** Real images: MVTec AD's bottle, if the machine has it beside the project. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { meanLosses, openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { aurocOfSnapshot } from './helpers/auroc-by-pairs.ts';
import { dropFiles } from './helpers/drop.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

const bottle = resolve('../shared/data/mvtec-256/bottle');
const epochs = 2;

test('wfdl, then l2, learn on the real category bottle', async ({ page }) => {
  const missing = !existsSync(bottle);
  if (missing) report(`Skipped: the real images of ${bottle} are not on this machine.`);
  test.skip(missing, 'the real images are not on this machine');
  test.setTimeout(600_000);
  await openApp(page);
  const startMs = performance.now();
  await dropFiles(page, [bottle]);
  await expect(page.getByTestId('dataset-summary')).toContainText('209 train (21 held out), 83 test', {
    timeout: 60_000,
  });
  report(`bottle: loaded in ${Math.round(performance.now() - startMs)} ms`);

  for (const [loss, button] of [
    ['wfdl', 'Train'],
    ['l2', 'Train again'],
  ] as const) {
    await setConfig(page, { loss, side: 64, width: 0.25, batch: 16, epochs, evaluateEvery: epochs, seed: 1 });
    const loadedMs = performance.now();
    await transport(page, button).click();
    await waitForPhase(page, 'running');
    const run = await waitForPhase(page, 'finished', 250_000);
    const trainedMs = performance.now();

    expect(run.config.loss).toBe(loss);
    const stepsPerEpoch = run.steps.length / epochs;
    expect(run.steps.every((record) => Number.isFinite(record.loss))).toBe(true);
    const { first, last } = meanLosses(run, Math.floor(stepsPerEpoch / 2));
    expect(last, loss).toBeLessThan(first);
    const auroc = run.evaluations.at(-1)?.imageAuroc;
    if (!auroc?.defined) throw new Error('AUROC is undefined on a split with both classes');
    expect(auroc.value, loss).toBeCloseTo(aurocOfSnapshot(run), 12);
    await expect(page.getByTestId('auroc')).toHaveText(auroc.value.toFixed(3));
    report(
      `${loss}, side 64, ${epochs} epochs: trained in ${Math.round(trainedMs - loadedMs)} ms; ` +
        `loss ${first.toPrecision(4)} -> ${last.toPrecision(4)}, AUROC ${auroc.value.toFixed(4)}`,
    );
    expect((await snapshot(page)).error).toBeUndefined();
  }
});
