/** The open app for the specs: its controls where a user would use them, and `window.residua` for the numbers. */
import type { Page } from '@playwright/test';
import type { RunConfig } from '#core/config.ts';
import type { DeviceChoice } from '#core/device.ts';
import type { Snapshot } from '#store/automation.ts';
import { expect } from './test.ts';

/**
 * Opens the page without the finished pair of runs, and waits until the sample category is loaded and the device has been
 * started.
 */
export const openApp = async (page: Page): Promise<void> => {
  await page.goto('/?empty');
  await page.evaluate(() => window.residua.ready);
};

/** The state of the page, as plain JSON. */
export const snapshot = (page: Page): Promise<Snapshot> => page.evaluate(() => window.residua.snapshot());

/** Changes settings like the page's controls. */
export const setConfig = (page: Page, change: Partial<RunConfig>): Promise<void> =>
  page.evaluate((settings) => window.residua.setConfig(settings), change);

/** Selects the training device: `auto` is not WebGPU if the adapter is software. */
export const chooseDevice = (page: Page, choice: DeviceChoice): Promise<void> =>
  page.evaluate((wanted) => window.residua.chooseDevice(wanted), choice);

/** A button of the transport: Train, Pause, Step, Stop, Reset. Train may say its time: `Train, about 7 h`. */
export const transport = (page: Page, name: string) =>
  page
    .getByRole('group', { name: 'Training' })
    .getByRole('button', { name: new RegExp(`^${name}(, about .+)?$`) });

/** Waits for a phase of the run, and fails immediately if the run fails. */
export const waitForPhase = async (
  page: Page,
  phase: Snapshot['status']['phase'],
  timeoutMs = 150_000,
): Promise<Snapshot> => {
  const seen = await page.waitForFunction(
    (wanted) => {
      const { status } = window.residua.store.getState().run;
      return status.phase === wanted || status.phase === 'failed' ? status.phase : undefined;
    },
    phase,
    { timeout: timeoutMs, polling: 200 },
  );
  // A short run may have ended since.
  const reached = await snapshot(page);
  expect(await seen.jsonValue(), reached.error?.problem).toBe(phase);
  return reached;
};

/** Waits for at least this many optimizer steps. */
export const waitForStep = async (page: Page, step: number): Promise<void> => {
  await page.waitForFunction(
    (least) => {
      const { status } = window.residua.store.getState().run;
      return status.step >= least || status.phase === 'failed';
    },
    step,
    { timeout: 120_000, polling: 100 },
  );
};

/** Mean losses of the first and of the last `count` steps. */
export const meanLosses = (
  { steps }: Snapshot,
  count: number,
): { readonly first: number; readonly last: number } => {
  const mean = (records: Snapshot['steps']): number =>
    records.reduce((sum, { loss }) => sum + loss, 0) / records.length;
  return { first: mean(steps.slice(0, count)), last: mean(steps.slice(-count)) };
};
