import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { fakeView } from '#store/testing/fake-clients.ts';
import { radialSubjects, subjectCurves } from './radial-subjects.ts';
import { runColors, type ShownRun } from './use-shown-runs.ts';

const records = [1, 3].map((epoch) => ({
  epoch,
  step: epoch,
  power: Float32Array.of(epoch, epoch),
  inputPower: Float32Array.of(4, 8),
}));

const run: ShownRun = {
  key: 'contestant-0',
  name: 'L2',
  color: 'blue',
  config: presets.quickLook,
  records,
  sample: undefined,
  problem: undefined,
  spectra: {
    good: { images: 2, power: Float32Array.of(1, 2), inputPower: Float32Array.of(2, 2) },
    anomalous: undefined,
  },
};

describe('the curves of the shown runs', () => {
  it('are those of the chosen subjects that a run has data of', () => {
    expect(subjectCurves([run], radialSubjects, 3).map(({ key, name }) => [key, name])).toEqual([
      ['contestant-0-good', 'L2, good'],
      ['contestant-0-probe', 'L2, training'],
    ]);
    expect(subjectCurves([run], ['anomalous', 'image'], 3)).toEqual([]);
  });

  it('have one color per run and one dash per subject', () => {
    const other = { ...run, key: 'contestant-1', color: 'red' };
    const styles = subjectCurves([run, other], ['good', 'probe'], 3).map(({ style }) => style);
    expect(styles.map(({ color }) => color)).toEqual(['blue', 'blue', 'red', 'red']);
    expect(styles[0]!.dash).toBe(styles[2]!.dash);
    expect(styles[0]!.dash).not.toBe(styles[1]!.dash);
  });

  it('follow the epoch: the probe of the last epoch up to it, and of the latest without one', () => {
    const powerAt = (epoch: number | undefined) => subjectCurves([run], ['probe'], epoch)[0]?.power[0];
    expect([0, 1, 2, 3, undefined].map(powerAt)).toEqual([undefined, 1, 1, 3, 3]);
  });

  it('have the residual of the shown image once it is reconstructed', () => {
    const bare = fakeView(6);
    expect(subjectCurves([{ ...run, sample: bare }], ['image'], 3)).toEqual([]);
    const output = {
      ...{ epoch: 3, step: 3, calibrated: false, score: 1, residualDcShare: 0 },
      reconstruction: new Float32Array(3),
      residual: new Float32Array(1),
      reconstructionSpectrum: new Float32Array(1),
      differenceSpectrum: new Float32Array(1),
      residualPower: Float32Array.of(0.5, 0.25),
    };
    const [curve] = subjectCurves([{ ...run, sample: { ...bare, output } }], ['image'], 3);
    expect(Array.from(curve!.power)).toEqual([0.5, 0.25]);
    expect(Array.from(curve!.inputPower)).toEqual([1, 1]);
  });
});

describe('the colors of runs', () => {
  it('are those of their losses, and differ between runs of one loss', () => {
    const [l2, wfdl, second, third] = runColors(['l2', 'wfdl', 'l2', 'l2']);
    expect([l2, wfdl]).toEqual(['var(--loss-l2)', 'var(--loss-wfdl)']);
    expect(new Set([l2, second, third]).size).toBe(3);
    expect(second).toContain('var(--loss-l2)');
  });
});
