/** An interrupted run: it is offered again and resumed exactly, by one tab at a time, also on images of a folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase, waitForStep } from './helpers/app.ts';
import { writeCategory } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

const quick = { side: 32, width: 0.25, batch: 16, epochs: 60, evaluateEvery: 30, seed: 5 } as const;

const offer = (page: Page) => page.getByTestId('resume-offer');

/** Bytes of the trained weights. */
const weights = (page: Page): Promise<number[]> =>
  page.evaluate(async () => [...new Uint8Array((await window.residua.exportRun()).weights)]);

/** Hides the page for its code, as another tab would, and waits for the checkpoint that it then takes. */
const hide = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForFunction(() => window.residua.store.getState().storage.stored.length > 0);
};

/** Waits until a checkpoint has the present step. */
const waitForCheckpoint = (page: Page) =>
  page.waitForFunction(() => {
    const { run, storage } = window.residua.store.getState();
    return storage.stored[0]?.step === run.status.step;
  });

const reload = async (page: Page): Promise<void> => {
  await page.reload();
  await page.evaluate(() => window.residua.ready);
};

test('a run whose page crashes is offered once the page is gone, and ends with the weights of an uninterrupted run', async ({
  page,
  context,
}) => {
  await openApp(page);
  await setConfig(page, quick);
  await page.evaluate(() => window.residua.train());
  const straight = await snapshot(page);
  const wanted = await weights(page);

  const doomed = await context.newPage();
  await openApp(doomed);
  await setConfig(doomed, quick);
  await transport(doomed, 'Train').click();
  await waitForStep(doomed, 10);
  await hide(doomed);

  // While a tab holds the run, another one neither offers nor deletes it.
  const [elsewhere, left] = await page.evaluate(async () => {
    const { actions, getState } = window.residua.store;
    await actions.storage.refresh();
    await actions.storage.clearCheckpoints();
    return [getState().storage.elsewhere.size, getState().storage.stored.length];
  });
  expect(elsewhere).toBe(1);
  expect(left).toBeGreaterThan(0);
  await expect(offer(page)).toHaveCount(0);

  expect((await snapshot(doomed)).status.phase).toBe('running');
  const crashed = doomed.waitForEvent('crash');
  const devtools = await context.newCDPSession(doomed);
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await doomed.close();

  await reload(page);
  await expect(offer(page)).toHaveText(
    /^Interrupted: WFDL on sample-part, epoch \d+ of 60, \d+ (s|min) ago$/,
  );
  await expectAccessible(page, 'an interrupted run offered', '.next-step');
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  const resumed = await waitForPhase(page, 'finished');
  expect(resumed.steps).toEqual(straight.steps);
  expect(resumed.evaluations.map(({ scores }) => scores)).toEqual(
    straight.evaluations.map(({ scores }) => scores),
  );
  expect(await weights(page)).toEqual(wanted);
  // Once it is retained, nothing is left to resume.
  await expect.poll(() => page.evaluate(() => window.residua.store.getState().storage.stored)).toEqual([]);
});

test('a run on a folder waits for that folder after a reload, or resumes on kept images', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-resume-'));
  const category = join(folder, 'widget');
  writeCategory(category, { train: 8, good: 2, defects: { spot: 2 } });
  await openApp(page);
  // Long enough to be paused, and far below the hour above which Train asks.
  await setConfig(page, { ...quick, batch: 4, epochs: 2000, evaluateEvery: 1000 });
  await dropFiles(page, [category]);
  await expect(page.getByTestId('dataset-summary')).toContainText('widget');
  await transport(page, 'Train').click();
  await waitForStep(page, 4);
  await transport(page, 'Pause').click();
  const paused = await waitForPhase(page, 'paused');
  await waitForCheckpoint(page);

  await reload(page);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(offer(page)).toHaveText(
    /^Open the folder widget to resume WFDL on widget at epoch \d+ of 2000$/,
  );
  await dropFiles(page, [category]);
  await waitForStep(page, paused.status.step + 1);
  await expect(offer(page)).toHaveCount(0);
  await transport(page, 'Pause').click();
  await waitForPhase(page, 'paused');
  await waitForCheckpoint(page);
  expect((await snapshot(page)).steps.slice(0, paused.status.step)).toEqual(paused.steps);

  await page.getByRole('button', { name: 'Storage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Storage' });
  await dialog.getByLabel('Keep images').check();
  await expect(dialog.getByRole('list', { name: 'Kept images' })).toContainText('widget');
  await expect(dialog.getByRole('list', { name: 'Checkpoints' })).toContainText('the present run');
  await expectAccessible(page, 'the storage', '.storage-dialog');
  rmSync(folder, { recursive: true });

  await reload(page);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await waitForStep(page, paused.status.step + 2);
  await expect(page.getByTestId('dataset-summary')).toContainText('widget');
});

test('training needs neither animation frames nor timers of the page, which a hidden tab slows', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, { ...quick, epochs: 4, evaluateEvery: 2 });
  await hideForGood(page);
  await page.evaluate(() => void window.residua.store.actions.run.start());
  await expect.poll(async () => (await snapshot(page)).status.phase, { timeout: 60_000 }).toBe('finished');
  expect((await snapshot(page)).evaluations).toHaveLength(2);
  await expect.poll(() => page.evaluate(() => window.residua.store.getState().runs.retained.length)).toBe(1);
});

/** Stops all frames and timers of the page, as in a tab that is hidden for long. */
const hideForGood = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    window.requestAnimationFrame = () => 0;
    const never = (() => 0) as unknown as typeof setTimeout;
    window.setTimeout = never;
    window.setInterval = never as unknown as typeof setInterval;
  });
