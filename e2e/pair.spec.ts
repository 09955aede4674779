/** The finished race that a first visit shows: it fills the panels, and makes way for the user. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

const firstSteps = (page: Page) => page.getByRole('region', { name: 'First steps' });

const pairPhase = (page: Page) => page.evaluate(() => window.residua.store.getState().pair.phase);

const openFirstVisit = async (page: Page): Promise<void> => {
  await page.goto('/');
  await expect.poll(() => pairPhase(page), { timeout: 60_000 }).toBe('shown');
};

test('a first visit shows a finished pair in every panel, which plays, and is not among the runs of the user', async ({
  page,
}) => {
  await openFirstVisit(page);
  await expect(firstSteps(page)).toContainText(
    'A finished race on the sample, WFDL and L2 on one clock: drag the epoch slider',
  );
  const { evaluations, status, config } = await snapshot(page);
  expect(status).toMatchObject({ phase: 'finished', epoch: 80 });
  expect(config.loss).toBe('wfdl');
  const auroc = evaluations.at(-1)?.imageAuroc;
  expect(auroc?.defined && auroc.value).toBeGreaterThan(0.9);

  for (const panel of ['reconstruction', 'residual', 'spectrum', 'ratio'])
    for (const place of [0, 1])
      await expect(page.getByTestId(`panel-race-${place}-${panel}`)).toHaveAttribute('data-filled', 'true');
  await expect(page.getByTestId('race-verdict')).toContainText(/WFDL 0\.\d{3} − L2 0\.\d{3}/);
  await expect(page.getByRole('figure', { name: /^Image AUROC.*L2/ })).toBeVisible();
  await expect(page.getByText('Finished and stopped runs are retained here.')).toBeVisible();

  const scrubber = page.getByTestId('epoch-scrubber');
  await expect(scrubber).toContainText('epoch 80 of 80');
  const score = page.getByTestId('race-row-1');
  const latest = await score.textContent();
  await scrubber.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(scrubber).toContainText('epoch 4 of 80');
  await expect(score).not.toHaveText(latest ?? '');
  await page.keyboard.press('End');
  await expect(scrubber).toContainText('epoch 80 of 80');
  await expectAccessible(page, 'the bundled pair');

  // L2 has weights: it is compared on this image without a run of the user.
  await page.getByRole('button', { name: 'Compare on this image' }).click();
  await expect(page.getByTestId('comparison-score-1')).toBeVisible();
  await page.getByRole('button', { name: 'Bench', exact: true }).click();

  // Nothing is stored: the next visit is a first visit again.
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  expect(
    await page.evaluate(() => window.residua.store.getState().runs.retained.filter((run) => !run.bundled)),
  ).toEqual([]);
  await expect.poll(() => pairPhase(page), { timeout: 60_000 }).toBe('shown');

  await firstSteps(page).getByRole('button', { name: 'Train it yourself' }).click();
  await waitForPhase(page, 'running');
  expect(await pairPhase(page)).toBe('none');
  await expect(firstSteps(page)).toHaveCount(0);
  await expect(page.getByRole('figure', { name: /^Image AUROC.*L2/ })).toHaveCount(0);
  await transport(page, 'Stop').click();
  await waitForPhase(page, 'finished');
  await expect(page.getByRole('list', { name: 'Retained runs' }).getByRole('listitem')).toHaveCount(1);
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  expect(await pairPhase(page)).toBe('none');
});

test('the pair waits for nothing, is dismissed for good, and does not appear beside other settings or on request', async ({
  page,
}) => {
  let letThrough = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/pair.bin', async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto('/');
  // The page is ready before its pair, and can train.
  await page.evaluate(() => window.residua.ready);
  await expect(firstSteps(page)).toContainText('sample-part is loaded: press Train');
  await expect(transport(page, 'Train')).toBeEnabled();
  letThrough();
  await expect.poll(() => pairPhase(page), { timeout: 60_000 }).toBe('shown');
  await firstSteps(page).getByRole('button', { name: 'Close the first steps' }).click();
  await expect.poll(async () => (await snapshot(page)).status.phase).toBe('idle');
  await expect(firstSteps(page)).toHaveCount(0);
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  expect(await pairPhase(page)).toBe('none');

  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto('/#v=2&preset=quickLook&loss=l2');
  await page.evaluate(() => window.residua.ready);
  await expect.poll(() => pairPhase(page)).toBe('none');
  expect((await snapshot(page)).status.phase).toBe('idle');

  await openApp(page);
  expect(await pairPhase(page)).toBe('none');
});
