/** A change of the device while requests use the present one. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { exportPresentRun } from './run-requests.ts';
import { TrainingSession } from './training-session.ts';

const config: RunConfig = {
  ...presets.quickLook,
  ...{ side: 32, width: 0.25, batch: 4, epochs: 1, evaluateEvery: 1, batchNorm: 'running' },
};
const calibrated = { ...evaluationSettingsOf(config), residual: 'calibrated' } as const;

describe.each([
  ['wasm', 'webgpu'],
  ['webgpu', 'wasm'],
] as const)('from %s to %s', (before, after) => {
  const failures: unknown[] = [];
  const session = new TrainingSession((name, payload) => {
    if (name === 'failure') failures.push(payload);
  });
  let files: ExportedRun;

  beforeAll(async () => {
    await session.openDevice(before);
    await session.loadImages(tinyImages(32, 8, 4));
    await session.configure([config]);
    await session.contestants.step();
    files = await exportPresentRun(session.run, { threshold: undefined, past: false }, {});
    // Compiling the kernels takes most of the time.
  }, 300_000);

  const view = () => session.viewWith({ key: 'a', files, index: 9, settings: calibrated });

  /** Requests that use the device over several tasks. */
  const requests = () => ({
    view: view(),
    reconstructions: session.reconstructionsWith({ key: 'b', files, epoch: undefined, knownSteps: [] }, {}),
    estimate: session.estimate([config]),
    configured: session.configure([config]),
  });

  it('completes requests on the new device, both those in progress and those that arrive meanwhile', async () => {
    const earlier = requests();
    const change = session.openDevice(after);
    const later = requests();
    expect((await change).backend).toBe(after);
    const inTurn = [earlier, later].flatMap((started): Promise<unknown>[] => Object.values(started));
    await Promise.all(inTurn);
    await session.contestants.step();
    expect(failures).toEqual([]);
    expect(session.run.trainer.status.step).toBe(1);
    const there = await view();
    expect(await earlier.view).toEqual(there);
    expect(await later.view).toEqual(there);
  }, 300_000);
});
