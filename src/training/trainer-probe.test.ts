import { describe, expect, it } from 'vitest';
import { config, FakeRun, Recorder, settings, TimedRun } from './testing/fake-run.ts';
import { Trainer } from './trainer.ts';
import type { SpectrumProbe } from './training-run.ts';

describe('probes of the trainer', () => {
  it('probes the spectrum with each evaluation, and otherwise for at most a twentieth of the time', async () => {
    const recorder = new Recorder();
    const run = new TimedRun(3, { stepMs: 10, probeMs: 100 });
    const clock = () => run.clockMs;
    const trainer = new Trainer(run, { ...config, epochs: 400, evaluateEvery: 150 }, recorder, clock);
    trainer.start();
    await recorder.until('finished');
    const epochs = recorder.spectra.map(({ epoch }) => epoch);
    expect(epochs[0]).toBe(1);
    expect(epochs).toEqual(expect.arrayContaining([150, 300, 400]));
    // 1200 steps take 12 s: a probe of 100 ms every 2 s, the first one free, and three with evaluations.
    expect(epochs.length).toBeGreaterThanOrEqual(6);
    expect(epochs.length).toBeLessThanOrEqual(10);
    for (const { epoch, step, power } of recorder.spectra) {
      expect(step).toBe(3 * epoch);
      expect(power[0]).toBe(step);
    }
    await trainer.reevaluate({ ...settings, batchNorm: 'running' });
    expect(trainer.history.spectra).toEqual(recorder.spectra);
  });

  it('ends a burst with an epoch if a probe is due, for any length of epochs', async () => {
    const recorder = new Recorder();
    const run = new TimedRun(7, { stepMs: 10, probeMs: 1 });
    const clock = () => run.clockMs;
    const trainer = new Trainer(run, { ...config, epochs: 200, evaluateEvery: 200 }, recorder, clock);
    trainer.start();
    await recorder.until('finished');
    // 14 s in bursts of some 100 ms, which is an epoch and three steps: without the rule one in seven would fit.
    expect(recorder.spectra[0]?.epoch).toBe(1);
    expect(recorder.spectra.length).toBeGreaterThan(30);
  });

  it('skips a non-finite spectrum', async () => {
    class DivergedRun extends FakeRun {
      override async probeSpectrum(): Promise<SpectrumProbe> {
        return { power: Float32Array.of(Number.NaN), inputPower: Float32Array.of(1) };
      }
    }
    const recorder = new Recorder();
    const trainer = new Trainer(new DivergedRun(), config, recorder);
    trainer.start();
    await recorder.until('finished');
    expect(recorder.spectra).toEqual([]);
  });
});
