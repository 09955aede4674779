/** One threshold on the scores: it can be dragged and fitted, and it sorts the images of the gallery. */
import type { Snapshot } from '#store/automation.ts';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { startTrace, stopTrace } from './helpers/main-thread-trace.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

/** Images caught, missed, false alarms and correct passes by definition: a score of at least the threshold is flagged. */
const countsAt = ({ evaluations, samples }: Snapshot, threshold: number): readonly string[] => {
  const tested = samples.filter(({ split }) => split === 'test');
  const scores = evaluations.at(-1)?.scores ?? [];
  const count = (anomalous: boolean, called: boolean): string =>
    String(
      tested.filter(
        (sample, image) =>
          sample.anomalous === anomalous && (scores[image] ?? Number.NaN) >= threshold === called,
      ).length,
    );
  return [count(true, true), count(true, false), count(false, true), count(false, false)];
};

test('one threshold is dragged, filters the gallery, and is fitted on good training images', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, {
    side: 32,
    width: 0.25,
    batch: 8,
    epochs: 1,
    evaluateEvery: 1,
    loss: 'l2',
    holdOutPercent: 0,
  });
  await transport(page, 'Train').click();
  const trained = await waitForPhase(page, 'finished');
  const figure = page.getByTestId('threshold');
  const threshold = async (): Promise<number> => Number(await figure.getAttribute('data-value'));
  const cells = page.getByRole('group', { name: /^Confusion matrix/ }).getByRole('button');
  const expectCounts = async (): Promise<void> =>
    expect(cells.locator('b')).toHaveText([...countsAt(trained, await threshold())]);
  const policy = page.getByRole('radiogroup', { name: 'Threshold policy' });
  await expect(policy.getByRole('radio', { name: 'Good images' })).toBeChecked();
  await expect(page.getByTestId('fitted-on')).toHaveText(/^Fitted on 128 images/);
  await policy.getByRole('radio', { name: 'F1-max' }).click();
  await expect(page.getByTestId('fitted-on')).toHaveText(/^Fitted on the test images: the best/);
  await expectCounts();

  const line = page.getByRole('slider', { name: 'Threshold', exact: true });
  await line.scrollIntoViewIfNeeded();
  const box = await line.boundingBox();
  if (!box) throw new Error('the threshold line is not drawn');
  const y = box.y + box.height / 2;
  const first = await threshold();
  await startTrace(page);
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  for (let step = 1; step <= 20; step++) await page.mouse.move(box.x + box.width / 2 + 3 * step, y);
  await page.mouse.up();
  const [longest] = await stopTrace(page);
  report(`longest main-thread task of a drag of the threshold: ${longest?.processorMs.toFixed(1)} ms`);
  expect(await threshold()).toBeGreaterThan(first);
  await expect(page.getByTestId('fitted-on')).toHaveText('Set by hand');
  await expectCounts();
  await page.keyboard.press('Home');
  await expect(cells.nth(1).locator('b')).toHaveText('0');
  await page.keyboard.press('ArrowRight');
  await expectCounts();

  // Along the curve the arrow works the other way: toward more false alarms.
  const dot = page.getByRole('slider', { name: 'Operating point on the ROC curve' });
  await dot.press('Home');
  await expect(cells.nth(0).locator('b')).toHaveText('0');
  await dot.press('ArrowRight');
  expect(await threshold()).toBe(Math.max(...(trained.evaluations.at(-1)?.scores ?? [])));

  const missed = cells.filter({ hasText: 'missed' });
  await missed.click();
  await expect(missed).toHaveAttribute('aria-pressed', 'true');
  const filter = () => page.evaluate(() => window.residua.store.getState().decision.filter);
  expect(await filter()).toMatchObject({ outcome: 'missed' });
  await page.getByRole('button', { name: /^scratch.*caught/ }).click();
  expect(await filter()).toEqual({ outcome: 'missed', defectType: 'scratch' });
  await expectAccessible(page, 'filtered by a cell and a defect type');
  await missed.click();
  expect((await filter()).outcome).toBeUndefined();

  await policy.getByRole('radio', { name: 'Good images' }).click();
  await expect(page.getByTestId('fitted-on')).toHaveText(
    'Fitted on 128 images that the network was trained on: expect more false alarms on new parts',
  );
  await expectAccessible(page, 'threshold from good training images', 'aside[aria-label=Results]');
  const good = await page.evaluate(() => {
    const { goodTrainingScores } = window.residua.store.getState().decision;
    return goodTrainingScores.phase === 'ready' ? [...goodTrainingScores.scores] : [];
  });
  expect(good).toHaveLength(128);
  // At most 5 % of 128 images are 6: the 122nd score passes just so.
  const sorted = [...good].sort((a, b) => a - b);
  expect(await threshold()).toBeCloseTo(sorted[121] ?? 0, 9);
  expect(good.filter((score) => score >= Number(sorted[122])).length).toBe(6);
  await expectCounts();
});
