import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { emptyHistory } from '#core/step-history.ts';
import type { Measure } from '#store/runs/measure.ts';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { fakeRun } from '#store/testing/fake-run.ts';
import { evaluationsAlike, measuredRun, scoringInWords } from './measure-words.ts';

const settings = evaluationSettingsOf(presets.recommended);
const { side } = presets.quickLook;
const images = { category: 'bolt', side, fit: 'squeeze', testImages: 2 } as const;
const measure: Measure = { images, settings };
const first = { ...fakeEvaluation(1, [1, 2]), score: 'gradient' as const };
const last = fakeEvaluation(2, [1, 2]);
const run = fakeRun({ history: { ...emptyHistory, evaluations: [first, last] } });

describe('the figure of a run', () => {
  it('has no notes by its own measure', () => {
    expect(measuredRun(run, measure)).toMatchObject({ evaluation: last, notes: [], comparable: true });
  });

  it('names each difference from the measure', () => {
    const notes = (change: Partial<Measure>) => measuredRun(run, { ...measure, ...change }).notes;
    expect(notes({ settings: { ...settings, score: 'ssim' } })).toEqual([expect.stringMatching(/^by /)]);
    expect(notes({ images: { ...images, category: 'screw', testImages: 9 } })).toEqual(['bolt']);
    expect(notes({ images: { ...images, side: 2 * side } })).toEqual([`${side} px`]);
    expect(notes({ images: { ...images, testImages: 9 } })).toEqual(['2 test images']);
  });

  it('is the rescored one if there is one, and says so', () => {
    const evaluation = { ...fakeEvaluation(2, [2, 1]), score: 'ssim' as const };
    const rescored = { ...run, rescored: [{ images, evaluation }] };
    const bySsim = { ...measure, settings: { ...settings, score: 'ssim' as const } };
    const figure = measuredRun(rescored, bySsim);
    expect(figure).toMatchObject({ evaluation, notes: ['rescored'], comparable: true });
    expect(evaluationsAlike(rescored, figure)).toEqual([evaluation]);
  });

  it('shares a curve only with evaluations by the same score', () => {
    expect(evaluationsAlike(run, measuredRun(run, measure))).toEqual([last]);
  });
});

it('a way of scoring is named with its number and its batch norm', () => {
  expect(scoringInWords({ ...settings, score: 'top-share', topPercent: 3, batchNorm: 'running' })).toMatch(
    /^mean of the top share.*top 3 %, BN running$/,
  );
});
