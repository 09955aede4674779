/** A race from the click to the verdict: its picture, its clock, its links and its files. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, transport, waitForStep } from './helpers/app.ts';
import { colorCount } from './helpers/canvas.ts';
import { expect, test } from './helpers/test.ts';

/** Steps and phases of all contestants, and the epochs of their shown reconstructions. */
const contestants = (page: Page) =>
  page.evaluate(() => {
    const { run, view, race } = window.residua.store.getState();
    const all = [{ status: run.status, sample: view.sample, config: run.configured }, ...race.rivals];
    return all.map(({ status, sample, config }) => ({
      loss: config?.loss,
      phase: status.phase,
      step: status.step,
      shownEpoch: sample?.output?.epoch,
    }));
  });

const openDialog = async (page: Page) => {
  await page.getByRole('button', { name: 'Race against…' }).click();
  return page.getByRole('dialog', { name: 'Race against…' });
};

const filled = (page: Page, panel: string) =>
  expect(page.getByTestId(`panel-race-${panel}`)).toHaveAttribute('data-filled', 'true');

/** A race that ends within seconds. */
const short = { side: 32, width: 0.25, batch: 32, epochs: 4, evaluateEvery: 1, seed: 3 } as const;

test('one click races L2 against WFDL on the sample, up to a verdict', async ({ page }) => {
  await openApp(page);
  const dialog = await openDialog(page);
  await expect(dialog.getByTestId('race-estimate')).toContainText('about');
  await expectAccessible(page, 'dialog of the race', '[role=dialog]');
  await dialog.getByRole('button', { name: 'What L2 misses' }).click();
  await expect(dialog).toHaveCount(0);
  const race = page.getByRole('region', { name: 'Race bench' });
  await expect(race.getByTestId('race-row-0')).toContainText('WFDL', { timeout: 60_000 });
  await expect(race.getByTestId('race-row-1')).toContainText('L2');
  await waitForStep(page, 20);

  // Pause and step act on all contestants.
  await transport(page, 'Pause').click();
  await expect
    .poll(async () => (await contestants(page)).map(({ phase }) => phase))
    .toEqual(['paused', 'paused']);
  const paused = await contestants(page);
  expect(paused.map(({ loss }) => loss)).toEqual(['wfdl', 'l2']);
  await transport(page, 'Step').click();
  await expect
    .poll(async () => (await contestants(page)).map(({ step }) => step))
    .toEqual(paused.map(({ step }) => step + 1));
  // A shorter race has the same end.
  await transport(page, 'Stop').click();
  await expect(page.getByTestId('race-verdict')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByTestId('race-verdict')).toContainText(/wins|No difference shown/);
  await expect(page.getByTestId('race-verdict')).toContainText(/Without a network: mean image [\d.]+/);
  for (const place of [0, 1]) {
    for (const panel of ['reconstruction', 'residual', 'spectrum', 'ratio'])
      await filled(page, `${place}-${panel}`);
    await expect(page.getByTestId(`race-auroc-${place}`)).toContainText(/\d\.\d{3}/);
  }
  expect(await colorCount(page.getByTestId('panel-race-1-ratio').locator('canvas'))).toBeGreaterThan(20);
});

test('all contestants follow the epoch slider, the link repeats the race, and its files say what they show', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, { ...short, loss: 'l2' });
  const dialog = await openDialog(page);
  await dialog.getByRole('checkbox', { name: 'Width' }).check();
  await expect(dialog).toContainText('cannot start from equal ones');
  await dialog.getByRole('checkbox', { name: 'Width' }).uncheck();
  await expect(dialog).toContainText('All start from equal weights and see equal batches.');
  await dialog.getByRole('button', { name: 'Plan for Train' }).click();
  await transport(page, 'Race L2, WFDL').click();
  await expect(page.getByTestId('race-verdict')).toBeVisible({ timeout: 120_000 });
  expect((await contestants(page)).map(({ phase }) => phase)).toEqual(['finished', 'finished']);

  // The slider shows all contestants at the same past epoch.
  const slider = page.getByRole('slider', { name: 'Reconstruction as of epoch' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(async () => (await contestants(page)).map(({ shownEpoch }) => shownEpoch))
    .toEqual([3, 3]);
  await page.keyboard.press('End');
  await expect
    .poll(async () => (await contestants(page)).map(({ shownEpoch }) => shownEpoch))
    .toEqual([4, 4]);

  await expectAccessible(page, 'race with its verdict');
  await expect(page.getByRole('figure', { name: /^Image AUROC.*WFDL/ })).toBeVisible();

  const svg = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export SVG of the race' }).click();
  const figure = await readFile(await (await svg).path(), 'utf8');
  expect(figure).toContain('>WFDL</text>');
  expect(figure).toContain('Without a network');
  expect(figure.match(/<image /g)).toHaveLength(11);

  const film = page.waitForEvent('download', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Export film of the race' }).click();
  const filmed = await film;
  expect(filmed.suggestedFilename()).toMatch(/race-l2-wfdl-epoch-4\.webm$/);
  expect((await readFile(await filmed.path())).byteLength).toBeGreaterThan(10_000);

  await page.getByRole('radio', { name: 'Only L2' }).click();
  await expect(page.getByTestId('panel-overlay')).toBeVisible();
  await page.getByRole('radio', { name: 'Race', exact: true }).click();
  await filled(page, '0-residual');

  // The link has the race, and a reload drops the plan.
  await expect.poll(() => page.url()).toContain('against=');
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(transport(page, 'Race L2, WFDL')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Remove the race' }).click();
  await expect(page.getByRole('button', { name: 'Race against…' })).toBeVisible();
  await page.goto(link);
  await expect(transport(page, 'Race L2, WFDL')).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(transport(page, 'Train')).toBeVisible({ timeout: 60_000 });

  // The list opens the race again, with its verdict and its epochs.
  await page.getByRole('button', { name: 'Open race L2, WFDL' }).click();
  await expect(page.getByTestId('race-verdict')).toContainText(/L2 [\d.]+ − WFDL [\d.]+: [+−]?0\.\d{3}/, {
    timeout: 60_000,
  });
  await expect(transport(page, 'Train again')).toBeVisible();
  for (const place of [0, 1]) await filled(page, `${place}-ratio`);
  await page.getByRole('slider', { name: 'Reconstruction as of epoch' }).focus();
  await page.keyboard.press('Home');
  await expect
    .poll(async () => (await contestants(page)).map(({ shownEpoch }) => shownEpoch))
    .toEqual([1, 1]);

  // The address has the race: a reload opens it again.
  await expect.poll(() => page.url()).toContain('run=');
  await page.reload();
  await expect(page.getByTestId('race-verdict')).toBeVisible({ timeout: 60_000 });
  expect((await contestants(page)).map(({ loss }) => loss)).toEqual(['l2', 'wfdl']);
});
