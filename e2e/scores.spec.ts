/** Evaluating one trained model with other scores and bands, as a researcher would. */
import { scoreNames } from '#core/scores/score-names.ts';
import { defectTypes } from '#data/synthetic/defects.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { aurocOfSnapshot } from './helpers/auroc-by-pairs.ts';
import { pressWhenThere } from './helpers/press-when-there.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

test('a trained model is evaluated with every score and band immediately, with all metrics', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, { side: 32, epochs: 2, evaluateEvery: 2, loss: 'l2' });
  await transport(page, 'Train').click();
  const { steps } = await waitForPhase(page, 'finished');
  const metrics = page.getByRole('region', { name: 'Metrics', exact: true });
  await expect(metrics).toContainText('pixels: 72 images');
  const types = ['all', ...defectTypes];
  await expect(metrics.getByRole('rowheader')).toHaveText(types);

  const score = page.getByRole('combobox', { name: 'Score', exact: true });
  const auroc = page.getByTestId('auroc');
  let longestMs = 0;
  const seen = new Set<string>();
  for (const name of [...scoreNames.slice(1), scoreNames[0]]) {
    const startMs = performance.now();
    await score.selectOption(name);
    await page.waitForFunction(
      (wanted) => window.residua.snapshot().evaluations.at(-1)?.score === wanted,
      name,
    );
    longestMs = Math.max(longestMs, performance.now() - startMs);
    const now = await snapshot(page);
    const expected = aurocOfSnapshot(now);
    await expect(auroc).toHaveText(expected.toFixed(3));
    await expect(metrics.getByRole('row', { name: 'all' }).getByRole('cell').first()).toHaveText(
      expected.toFixed(3),
    );
    seen.add(JSON.stringify(now.evaluations.at(-1)?.scores));
  }
  expect(seen.size).toBe(scoreNames.length);
  report(`longest change of score, side 32, 72 images: ${longestMs.toFixed(0)} ms`);

  await page.getByRole('checkbox', { name: 'Remove mean residual' }).uncheck();
  const lowest = page.getByRole('slider', { name: 'Lowest radius' });
  await expect(lowest).toHaveAttribute('aria-valuetext', '0');
  await lowest.focus();
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowRight');
  await expect(lowest).toHaveAttribute('aria-valuetext', '1.5');
  await page.waitForFunction(() => window.residua.snapshot().evaluations.at(-1)?.bandLow === 1.5);
  const banded = await snapshot(page);
  await expect(auroc).toHaveText(aurocOfSnapshot(banded).toFixed(3));
  await expect(page.getByRole('figure', { name: /low cut-off of the band; best/ })).toBeVisible();
  // None of this needed training.
  expect(banded.steps).toHaveLength(steps.length);

  const batchNorm = page.getByRole('combobox', { name: 'Batch norm' });
  const mode = await batchNorm.inputValue();
  const cancelled = pressWhenThere(page, 'Cancel the evaluation');
  await batchNorm.selectOption(mode === 'running' ? 'recalibrated' : 'running');
  await cancelled;
  await expect(batchNorm).toHaveValue(mode);
  await expect(page.getByRole('button', { name: 'Cancel the evaluation' })).toHaveCount(0);
  expect((await snapshot(page)).evaluations).toEqual(banded.evaluations);
});
