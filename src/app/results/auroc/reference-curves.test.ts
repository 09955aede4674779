import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { fakeReferences } from '#store/testing/fake-clients.ts';
import { chartCsv, curvesData } from '../../plot/frame/chart-data.ts';
import { referenceCurves } from './reference-curves.ts';

const references = fakeReferences(presets.recommended, [3, 4, 1, 2, 5]);
const curve = {
  key: 'present',
  points: [
    { x: 5, y: 0.5 },
    { x: 10, y: 0.75 },
  ],
};

describe('the lines of the references', () => {
  it('are level from 0 to the end of the abscissa, with different names and dashes', () => {
    const lines = referenceCurves(references, [curve], [0, 12]);
    expect(lines.map(({ name }) => name)).toEqual(['mean image', 'variation model']);
    expect(new Set(lines.map(({ style }) => style.dash)).size).toBe(2);
    for (const { points } of lines) {
      expect(points.map(({ x }) => x)).toEqual([0, 5, 10, 12]);
      expect(new Set(points.map(({ y }) => y))).toEqual(new Set([1 / 3]));
    }
  });

  it('have a value in each row of the file', () => {
    const lines = referenceCurves(references, [curve], []).map((line) => ({ ...line, label: line.name }));
    const csv = chartCsv(
      curvesData({ key: 'epoch', label: 'epoch' }, [...lines, { ...curve, label: 'run' }]),
    );
    const third = String(1 / 3);
    expect(csv.split('\r\n')).toEqual([
      'epoch,mean image,variation model,run',
      `5,${third},${third},0.5`,
      `10,${third},${third},0.75`,
      '',
    ]);
  });

  it('do not exist before the references are known, nor for an undefined AUROC', () => {
    expect(referenceCurves(undefined, [curve], [0, 12])).toEqual([]);
    expect(referenceCurves({ defined: false, reason: 'no good images' }, [curve], [0, 12])).toEqual([]);
    if (!references.defined) throw new Error(references.reason);
    const oneClass = {
      ...references.meanImage,
      imageAuroc: { defined: false, reason: 'one class' },
    } as const;
    expect(referenceCurves({ ...references, meanImage: oneClass }, [], [0, 1])).toHaveLength(1);
  });
});
