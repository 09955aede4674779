import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { emptyHistory } from '#core/step-history.ts';
import { fakeEvaluation } from '../testing/fake-clients.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { canBeRescored, evaluationBy, type Measure, settingsFor, withRescored } from './measure.ts';

const settings = evaluationSettingsOf(presets.recommended);
const { side } = presets.quickLook;
const bolt = { category: 'bolt', side, fit: 'squeeze', testImages: 3 } as const;
const screw = { ...bolt, category: 'screw' };
const own = fakeEvaluation(4, [1, 2, 3]);
const run = fakeRun({ history: { ...emptyHistory, evaluations: [own] } });
const bySsim: Measure = { images: bolt, settings: { ...settings, score: 'ssim' } };

describe('the evaluation of a run by a measure', () => {
  it('is its own on its own images by its own score', () => {
    expect(evaluationBy(run, { images: bolt, settings })).toEqual({ evaluation: own, rescored: false });
    expect(canBeRescored(run, { images: bolt, settings })).toBe(false);
  });

  it('is missing by another score or on other images, until the run is rescored', () => {
    expect(evaluationBy(run, { images: screw, settings })).toBeUndefined();
    expect(evaluationBy(run, bySsim)).toBeUndefined();
    expect(canBeRescored(run, bySsim)).toBe(true);
    const evaluation = { ...own, score: 'ssim' as const };
    const rescored = { ...run, rescored: withRescored(run, { images: bolt, evaluation }) };
    expect(evaluationBy(rescored, bySsim)).toEqual({ evaluation, rescored: true });
    expect(evaluationBy(rescored, { images: bolt, settings })).toEqual({ evaluation: own, rescored: false });
    expect(evaluationBy(rescored, { ...bySsim, images: screw })).toBeUndefined();
  });

  it('is impossible on images of another side', () => {
    expect(canBeRescored(run, { ...bySsim, images: { ...bolt, side: 2 * side } })).toBe(false);
  });

  it('has the recalibrated batch norm of the run, whose running averages are not stored', () => {
    const recalibrated = fakeRun({ config: { ...run.config, batchNorm: 'recalibrated' } });
    const measure: Measure = { images: bolt, settings: { ...settings, batchNorm: 'running' } };
    expect(settingsFor(recalibrated, measure).batchNorm).toBe('recalibrated');
    const running = fakeRun({ config: { ...run.config, batchNorm: 'running' } });
    expect(settingsFor(running, bySsim).batchNorm).toBe(bySsim.settings.batchNorm);
  });
});

it('a rescored evaluation replaces the one of the same measure', () => {
  const first = withRescored(run, { images: screw, evaluation: own });
  const again = fakeEvaluation(4, [3, 2, 1]);
  expect(withRescored({ ...run, rescored: first }, { images: screw, evaluation: again })).toEqual([
    { images: screw, evaluation: again },
  ]);
});
