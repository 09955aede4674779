import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { emptyHistory } from '#core/step-history.ts';
import type { Measure } from '#store/runs/measure.ts';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { fakeRun } from '#store/testing/fake-run.ts';
import { presentStyle } from '../../plot/curve-style.ts';
import { overlaidAuroc } from './overlaid-auroc.ts';

const { side } = presets.quickLook;
const images = { category: 'bolt', side, fit: 'squeeze', testImages: 2 } as const;
const measure: Measure = { images, settings: evaluationSettingsOf(presets.recommended) };
const stopped = 'stopped at epoch 2 of 40';
const run = fakeRun({
  name: 'WFDL 1',
  history: { ...emptyHistory, evaluations: [1, 2].map((step) => fakeEvaluation(step, [1, 2])) },
});
const overlaid = { run, style: presentStyle('wfdl'), stopped, name: 'not used' };

describe('the curve of an overlaid run', () => {
  it('is drawn as it is if it has the measure of the page', () => {
    const [curve] = overlaidAuroc([overlaid], measure);
    expect(curve).toMatchObject({ name: `WFDL 1 (${stopped})`, faint: false, comparable: true });
    expect(curve?.points.map(({ x }) => x)).toEqual([1, 2]);
  });

  it('is faint, and its name says why, if it has another score or other images', () => {
    const other: Measure = {
      images: { ...images, category: 'screw' },
      settings: { ...measure.settings, score: 'ssim' },
    };
    const [curve] = overlaidAuroc([overlaid], other);
    expect(curve).toMatchObject({ faint: true, comparable: false });
    expect(curve?.name).toMatch(/^WFDL 1 \(by .*, bolt, stopped at epoch 2 of 40\)$/);
  });

  it('is its rescored evaluation once there is one', () => {
    const settings = { ...measure.settings, score: 'ssim' as const };
    const evaluation = { ...fakeEvaluation(2, [1, 2]), ...settings };
    const rescored = { ...run, rescored: [{ images, evaluation }] };
    const [curve] = overlaidAuroc([{ ...overlaid, run: rescored }], { images, settings });
    expect(curve).toMatchObject({ name: `WFDL 1 (rescored, ${stopped})`, comparable: true });
    expect(curve?.points.map(({ x }) => x)).toEqual([2]);
  });
});
