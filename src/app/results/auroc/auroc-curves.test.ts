import { expect, it } from 'vitest';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { curvesData } from '../../plot/frame/chart-data.ts';
import { aurocPoints, otherScoreCurve, withEpochChoices } from './auroc-curves.ts';

it('the file says how the epoch of each AUROC was chosen', () => {
  const evaluations = [1, 2, 4].map((epoch) => fakeEvaluation(epoch, [1]));
  const shorter = evaluations.slice(0, 2);
  const curves = [
    { key: 'a', label: 'a', points: aurocPoints(evaluations) },
    { key: 'b', label: 'b', points: aurocPoints(shorter) },
  ];
  const { columns, rows } = withEpochChoices(curvesData({ key: 'epoch', label: 'epoch' }, curves), [
    { key: 'a', name: 'L2', evaluations, plannedEpochs: 4 },
    { key: 'b', name: 'WFDL', evaluations: shorter, plannedEpochs: 10 },
  ]);
  expect(columns.map(({ label }) => label)).toEqual([
    ...['epoch', 'a', 'b', 'epoch choice, L2', 'epoch choice, WFDL'],
  ]);
  expect(rows).toEqual([
    { x: 1, a: 1, b: 1, 'a choice': 'chosen-on-test', 'b choice': 'chosen-on-test' },
    { x: 2, a: 1, b: 1, 'a choice': 'chosen-on-test', 'b choice': 'stopped-early' },
    { x: 4, a: 1, 'a choice': 'planned-end' },
  ]);
});

it('the evaluations by the previous score stay in a curve of their own, until none is left', () => {
  const [one, two, three] = [1, 2, 3].map((epoch) => fakeEvaluation(epoch, [1]));
  const last = { ...three!, score: 'ssim' as const };
  expect(otherScoreCurve([])).toEqual([]);
  expect(otherScoreCurve([one!, two!, three!])).toEqual([]);
  expect(otherScoreCurve([one!, two!, last])).toMatchObject([
    {
      name: expect.stringMatching(/^2 epochs by mean of the top share.*, not rescored yet$/),
      points: [{ x: 1 }, { x: 2 }],
    },
  ]);
  expect(otherScoreCurve([{ ...one!, score: 'ssim' }, two!, last])).toMatchObject([{ points: [{ x: 2 }] }]);
});
