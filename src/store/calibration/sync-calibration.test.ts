import { describe, expect, it, vi } from 'vitest';
import { createAppStore } from '../app-store.ts';
import { createFakeClients, fakeEvaluation } from '../testing/fake-clients.ts';

const scores = [1, 2, 3, 4, 5];
const leftOver = {
  side: 1,
  images: 3,
  goodImages: 3,
  mean: Float32Array.of(0.5),
  deviation: Float32Array.of(0.25),
};

const started = async () => {
  const fake = createFakeClients({ leftOver: () => leftOver });
  const store = createAppStore(fake.clients);
  await store.actions.startUp();
  return { fake, calibration: () => store.getState().calibration, store };
};

describe('the calibration of the latest evaluation', () => {
  it('is asked for, with its poolings, while nothing trains', async () => {
    const { fake, calibration } = await started();
    const evaluation = fakeEvaluation(1, scores);
    fake.emit('evaluation', evaluation);
    await vi.waitFor(() => expect(calibration().poolings).toHaveLength(3));
    expect(calibration()).toMatchObject({ evaluation, leftOver });
  });

  it('leaves the poolings for later while training goes on', async () => {
    const { fake, calibration } = await started();
    fake.status({ phase: 'running' });
    fake.emit('evaluation', fakeEvaluation(1, scores));
    await vi.waitFor(() => expect(calibration().leftOver).toEqual(leftOver));
    expect(fake.requests).not.toContain('poolingCurve');
    fake.status({ phase: 'paused' });
    await vi.waitFor(() => expect(calibration().poolings).toHaveLength(3));
  });

  it('is none of an evaluation by a raw residual, or by a score that has no use for it', async () => {
    const { fake, calibration } = await started();
    fake.emit('evaluation', fakeEvaluation(1, scores));
    await vi.waitFor(() => expect(calibration().poolings).toBeDefined());
    fake.emit('evaluation', { ...fakeEvaluation(2, scores), residual: 'raw' });
    expect(calibration()).toEqual({ evaluation: undefined, leftOver: undefined, poolings: undefined });
    fake.emit('evaluation', { ...fakeEvaluation(3, scores), score: 'ssim' });
    expect(calibration().evaluation).toBeUndefined();
  });

  it('is canceled: poolings under way end without an error when training resumes', async () => {
    const { fake, calibration, store } = await started();
    fake.answer('poolingCurve', () => new Promise(() => undefined));
    fake.emit('evaluation', fakeEvaluation(1, scores));
    await vi.waitFor(() => expect(fake.requests).toContain('poolingCurve'));
    fake.status({ phase: 'running' });
    await Promise.resolve();
    expect(calibration().poolings).toBeUndefined();
    expect(store.getState().run.error).toBeUndefined();
  });
});
