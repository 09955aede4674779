import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { createFakeClients } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { chosenPreset } from './state.ts';

const sizes = (epochs: number) =>
  ({ side: 64, width: 0.5, batch: 8, learningRate: 2e-3, epochs, evaluateEvery: 5 }) as const;
const timed = (epochs: number) => ({
  sizes: { minute: sizes(epochs), tenMinutes: sizes(10 * epochs) },
  totalMs: { quickLook: 1, recommended: 1, paper: 1 },
});

it('a preset by time applies its sizes, keeps the loss, and stays chosen when the pace is measured again', async () => {
  const fake = createFakeClients({ timedPresets: () => timed(40) });
  const { store, run } = await startedStore(fake);
  await expect.poll(() => store.getState().run.timedPresets).toEqual(timed(40));
  run.setConfig({ loss: 'ssim', seed: 4 });
  run.applyTimedPreset('minute');
  expect(store.getState().run.config).toEqual({
    ...presets.recommended,
    ...sizes(40),
    loss: 'ssim',
    seed: 4,
  });
  expect(chosenPreset(store.getState().run)).toBe('minute');

  fake.answer('timedPresets', () => timed(30));
  await run.start();
  fake.status({ phase: 'paused', step: 1 });
  await expect.poll(() => store.getState().run.timedPresets).toEqual(timed(30));
  expect(chosenPreset(store.getState().run)).toBe('minute');
  run.setConfig({ batch: 9 });
  expect(chosenPreset(store.getState().run)).toBeUndefined();
  store.actions.settings.undo();
  expect(chosenPreset(store.getState().run)).toBe('minute');
});

it('a preset by time does nothing while the pace is unknown', async () => {
  const { store, run } = await startedStore();
  run.applyTimedPreset('tenMinutes');
  expect(store.getState().run.config).toBe(presets.quickLook);
});
