/** The library: two runs are retained, overlaid, renamed, annotated, deleted and restored, and survive a reload. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase, waitForStep } from './helpers/app.ts';
import { pressWhenThere } from './helpers/press-when-there.ts';
import { expect, test } from './helpers/test.ts';

const quick = { side: 32, width: 0.25, batch: 32, epochs: 2, evaluateEvery: 1, seed: 5 } as const;

const list = (page: Page) => page.getByRole('list', { name: 'Retained runs' }).getByRole('listitem');
const nameOf = (page: Page, name: string) =>
  page.getByRole('textbox', { name: `Name of ${name}`, exact: true });

/** Number of dashed curves in a chart. */
const dashedCurves = (page: Page, chart: RegExp) =>
  page
    .getByRole('figure', { name: chart })
    .locator('path.recharts-line-curve[stroke-dasharray]:not([stroke-dasharray="none"])');

test('two runs are retained, overlaid, renamed, deleted, restored, and survive a reload', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, { ...quick, loss: 'wfdl' });
  await transport(page, 'Train').click();
  const first = await waitForPhase(page, 'finished');
  await expect(nameOf(page, 'WFDL 1')).toBeVisible();
  await setConfig(page, { loss: 'l2' });
  // A retained run cannot be lost, so the page asks nothing.
  await transport(page, 'Train again').click();
  // The first run stays finished until the second starts.
  await waitForPhase(page, 'running');
  await waitForPhase(page, 'finished');
  await expect(list(page)).toHaveCount(2);
  const auroc = first.evaluations.at(-1)?.imageAuroc;
  if (!auroc?.defined) throw new Error('AUROC is undefined on the sample category');
  await expect(list(page).nth(1)).toContainText(auroc.value.toFixed(3));

  await page.getByRole('checkbox', { name: 'Overlay WFDL 1' }).check();
  // The mean image and the variation model have their own lines.
  await expect(dashedCurves(page, /^Image AUROC/)).toHaveCount(3);
  await expect(dashedCurves(page, /^Loss/)).toHaveCount(1);
  await expect(page.getByText('Different objectives are not comparable')).toBeVisible();
  await expectAccessible(page, 'curves overlaid', 'aside[aria-label=Results]');

  await nameOf(page, 'WFDL 1').fill('the paper');
  await page.keyboard.press('Enter');
  await expect(list(page).nth(1)).toContainText('2 epochs');
  await expect(page.getByRole('figure', { name: /^Image AUROC.*the paper/ })).toBeVisible();

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const table = page.getByRole('dialog').getByRole('table');
  await expect(table.getByRole('columnheader')).toHaveText([
    ...['Overlay', 'Name', 'Loss', 'AUROC', 'Scored by', 'Epoch', 'Step', 'Time', 'Size', 'From the paper'],
    ...['Retained', 'Note', 'Actions'],
  ]);
  await table.getByRole('textbox', { name: 'Note on the paper' }).fill('Eq. 8');
  await page.keyboard.press('Enter');
  await table.getByRole('button', { name: 'Name' }).click();
  await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  const names = table.getByRole('textbox', { name: /^Name of/ });
  await expect
    .poll(() => Promise.all([0, 1].map((row) => names.nth(row).inputValue())))
    .toEqual([...['L2 1', 'the paper']]);
  await expectAccessible(page, 'table of runs', '[role=dialog]');
  await table.getByRole('button', { name: /^the paper: \d+ differences from the paper$/ }).click();
  const differences = page.getByRole('dialog', { name: 'the paper, compared with the paper' });
  await expect(differences).toContainText('Side 32 px instead of 256 px.');
  await expectAccessible(page, 'differences of a retained run', '.paper-differences');
  await page.keyboard.press('Escape');
  await expect(differences).toHaveCount(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Compare on this image' }).click();
  await expect(page.getByRole('checkbox', { name: 'the paper' })).toBeChecked();
  await expect(page.getByTestId('comparison-score-1')).toBeVisible();
  await page.getByRole('button', { name: 'Bench', exact: true }).click();

  // The page Spectrum has the test set's curves of an overlaid run, and its spectra of the image.
  const [overlaid] = await page.evaluate(() => window.residua.store.getState().runs.chosen);
  await page.getByRole('button', { name: 'Spectrum', exact: true }).click();
  for (const subject of ['image', 'good', 'anomalous'])
    await expect(page.locator(`[data-curve="${overlaid}-${subject}"] path`)).toHaveAttribute('d', /^M.*L/);
  for (const panel of ['reconstruction', 'ratio'])
    await expect(page.getByTestId(`panel-page-${panel}-${overlaid}`)).toHaveAttribute('data-filled', 'true');
  await page.getByRole('slider', { name: 'Reconstruction as of epoch' }).last().focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId(`panel-page-reconstruction-${overlaid}`)).toContainText('epoch 1');
  await page.keyboard.press('End');
  await expect(page.getByTestId(`panel-page-reconstruction-${overlaid}`)).toContainText('epoch 2');
  await page.getByRole('button', { name: 'Bench', exact: true }).click();

  const second = await snapshot(page);
  const cancelled = pressWhenThere(page, 'Cancel the import');
  await page.getByRole('button', { name: 'Open the paper' }).click();
  await cancelled;
  await expect(page.getByRole('button', { name: 'Cancel the import' })).toHaveCount(0);
  const { status, ...present } = await snapshot(page);
  expect({ ...present, status: { ...status, deviceBytes: second.status.deviceBytes } }).toEqual(second);

  await page.getByRole('button', { name: 'Delete the paper' }).click();
  await expect(list(page)).toHaveCount(1);
  await expect(dashedCurves(page, /^Loss/)).toHaveCount(0);
  await expectAccessible(page, 'a run deleted', 'aside[aria-label=Results]');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(list(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Delete L2 1' }).click();
  await expect(list(page)).toHaveCount(1);

  // A deletion right before the page closes is stored.
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  await expect(list(page)).toHaveCount(1);
  const next = page.getByRole('region', { name: 'Next step' });
  await next.getByRole('button', { name: /^Reopen .+, seed \d+ \(sample-part\)$/ }).click();
  await expect.poll(async () => (await snapshot(page)).evaluations.length, { timeout: 60_000 }).toBe(2);
  const opened = await snapshot(page);
  expect(opened.config).toEqual(first.config);
  expect(opened.steps).toEqual(first.steps);
  expect(opened.evaluations.at(-1)?.scores).toEqual(first.evaluations.at(-1)?.scores);
  const kept = await page.evaluate(() =>
    window.residua.store.getState().runs.retained.map(({ note }) => note),
  );
  expect(kept).toEqual(['Eq. 8']);
  await expect(page.getByText('An opened run has no optimizer state, so it cannot train on.')).toBeVisible();

  // The reopened run plays from its first epoch.
  await expect(page.getByTestId('runs-size')).toHaveText(
    /^[\d.]+ (kB|MB), of which past epochs [\d.]+ (kB|MB)$/,
  );
  const scrubber = page.getByTestId('epoch-scrubber');
  await expect(scrubber).toContainText('epoch 2 of 2');
  await scrubber.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(scrubber).toContainText('epoch 1 of 2');
  await expect(page.getByTestId('past-auroc')).toBeVisible();
  await scrubber.getByRole('button', { name: 'Play the epochs' }).click();
  await expect(scrubber).toContainText('epoch 2 of 2');

  // Its past epochs are removed, and coming runs leave theirs out.
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.getByRole('button', { name: 'Remove the past epochs of the paper' }).click();
  await expect(page.getByRole('dialog').getByText('past epochs')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('runs-size')).toHaveText(/^[\d.]+ (kB|MB)$/);
  await page.getByRole('checkbox', { name: 'Keep past epochs' }).uncheck();
  await expectAccessible(page, 'past epochs left out', 'aside[aria-label=Results]');
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  await expect(page.getByRole('checkbox', { name: 'Keep past epochs' })).not.toBeChecked();
  // The address names the run, which is opened again.
  await expect.poll(async () => (await snapshot(page)).evaluations.length, { timeout: 60_000 }).toBe(2);
  await expect(scrubber).toContainText('Past epochs need two evaluations');
});

test('a stopped run says so, and a run of another score is marked, rescored, and judged again as before', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, { ...quick, epochs: 40, loss: 'wfdl' });
  await transport(page, 'Train').click();
  await waitForStep(page, 1);
  await transport(page, 'Stop').click();
  const stopped = await waitForPhase(page, 'finished');
  const words = `stopped at epoch ${stopped.status.epoch} of 40`;
  await expect(list(page)).toContainText(words);
  await expect(page.locator('.run-progress')).toContainText('stopped');
  await expect(page.getByTestId('run-stopped')).toHaveText(words);
  await expect(page).toHaveTitle('stopped, Residua');
  await setConfig(page, { score: 'gradient' });
  // A manual threshold belongs to one score, and an evaluation by another one drops it.
  await page.waitForFunction(
    () => window.residua.store.getState().run.history.evaluations.at(-1)?.score === 'gradient',
  );
  await page.getByRole('radio', { name: 'Manual' }).click();
  const thresholdOf = () => page.evaluate(() => window.residua.store.getState().decision.policy);
  const policy = await thresholdOf();
  expect(policy.kind).toBe('manual');
  await page.waitForFunction(() => {
    const [run] = window.residua.store.getState().runs.retained;
    return run?.decision?.policy.kind === 'manual' && run.decision.settings.score === 'gradient';
  });

  await setConfig(page, { loss: 'l2', epochs: 2 });
  await transport(page, 'Train again').click();
  await waitForPhase(page, 'running');
  await waitForPhase(page, 'finished');
  // Only the present run follows the score.
  await setConfig(page, { score: 'ssim' });
  await page.getByRole('checkbox', { name: 'Overlay WFDL 1' }).check();
  const auroc = page.locator('section', { has: page.getByRole('figure', { name: /^Image AUROC/ }) });
  await expect(auroc.locator('.curve-legend')).toContainText(/WFDL 1 \(by .*stopped at epoch/);
  await expect(auroc).toContainText('are not comparable');
  await expectAccessible(page, 'a run of another score overlaid', 'aside[aria-label=Results]');
  await auroc.getByRole('button', { name: 'Rescore all' }).click();
  await expect(auroc.locator('.curve-legend')).toContainText('WFDL 1 (rescored, stopped');
  await expect(auroc.getByRole('button', { name: 'Rescore all' })).toHaveCount(0);
  const figures = await page.evaluate(() =>
    window.residua.store
      .getState()
      .runs.retained.map(({ history, rescored }) => [
        history.evaluations.at(-1)?.score,
        ...(rescored ?? []).map(({ evaluation }) => evaluation.score),
      ]),
  );
  expect(figures[0]).toEqual([stopped.config.score, 'gradient', 'ssim']);

  await page.getByRole('button', { name: 'Open WFDL 1' }).click();
  await expect.poll(async () => (await snapshot(page)).config.score, { timeout: 60_000 }).toBe('gradient');
  await expect.poll(thresholdOf).toEqual(policy);
  await expect(page).toHaveTitle('stopped, Residua');
});
