import { describe, expect, it } from 'vitest';
import type { SampleView } from '#core/history.ts';
import { figureSvg } from '../../plot/export/figure.ts';
import { commonPast } from './collect-moments.ts';
import { raceFigure, raceFileName } from './race-figure.ts';
import { raceFrame } from './race-frame.ts';
import type { RaceMoment, ReconstructedView } from './race-moment.ts';

const side = 8;
const map = (value: number): Float32Array => new Float32Array(side * side).fill(value);
const powers = (value: number): Float64Array => new Float64Array(side).fill(value);

const viewOf = (residual: number, epoch: number, mask?: Uint8Array): ReconstructedView => {
  const view: SampleView = {
    index: 0,
    path: 'test/crack/007.png',
    side,
    input: new Float32Array(side * side * 3).fill(1),
    inputSpectrum: map(6),
    inputPower: Float32Array.from(powers(1)),
    mask,
    output: {
      epoch,
      step: 10 * epoch,
      reconstruction: new Float32Array(side * side * 3).fill(0.5),
      calibrated: false,
      residual: map(residual),
      reconstructionSpectrum: map(4),
      differenceSpectrum: map(1),
      residualPower: Float32Array.from(powers(residual / 10)),
      score: residual,
      residualDcShare: 0.1,
    },
  };
  return view as ReconstructedView;
};

const momentAt = (epoch: number, residuals: readonly [number, number], mask?: Uint8Array): RaceMoment => ({
  path: 'test/crack/007.png',
  epoch,
  input: viewOf(residuals[0], epoch, mask),
  contestants: residuals.map((residual, place) => ({
    name: ['L2', 'WFDL'][place]!,
    style: { color: ['#2584c7', '#a1338a'][place]!, dash: 'none' },
    view: viewOf(residual, epoch, mask),
    lines: [`score ${residual}`],
  })),
});

const words = { category: 'bottle', note: '8 px', sentences: ['WFDL wins. By a lot & more.'] };
const colorOf = (color: string): string => color;

describe('the figure of a race', () => {
  const mask = new Uint8Array(side * side);
  mask[9] = 1;
  const moment = momentAt(40, [4, 2], mask);
  const figure = raceFigure(raceFrame([moment], words, undefined), moment, colorOf);

  it('has the input once and four pictures for each contestant', () => {
    const pictures = figure.items.filter(({ kind }) => kind === 'picture');
    expect(pictures).toHaveLength(3 + 2 * 4);
    const svg = figureSvg(figure);
    expect(svg.match(/<image /g)).toHaveLength(11);
    for (const text of ['L2', 'WFDL', 'epoch 40', 'WFDL wins. By a lot &amp; more.'])
      expect(svg).toContain(`>${text}</text>`);
  });

  it('paints all residuals on one scale: equal values have equal colors, and a larger one another', () => {
    const residualOf = (name: string) =>
      figure.items.find((item) => item.kind === 'picture' && item.label === `${name}: residual`);
    const [first, second] = [residualOf('L2'), residualOf('WFDL')];
    if (first?.kind !== 'picture' || second?.kind !== 'picture') throw new Error('no residuals');
    expect([...first.pixels.slice(0, 4)]).not.toEqual([...second.pixels.slice(0, 4)]);
    const same = momentAt(40, [4, 4]);
    const again = raceFigure(raceFrame([same], words, 4), same, colorOf);
    const pixels = again.items.flatMap((item) =>
      item.kind === 'picture' && item.label.endsWith(': residual') ? [[...item.pixels]] : [],
    );
    expect(pixels[0]).toEqual(pixels[1]);
  });

  it('outlines the ground truth, and draws a radial curve for each contestant', () => {
    const paths = figure.items.filter(({ kind }) => kind === 'path');
    const bare = raceFigure(raceFrame([momentAt(40, [4, 2])], words, 4), momentAt(40, [4, 2]), colorOf);
    expect(paths.length - bare.items.filter(({ kind }) => kind === 'path').length).toBe(2);
    const curves = paths.filter((item) => item.kind === 'path' && item.width === 1.8);
    expect(curves.map((item) => item.kind === 'path' && item.color)).toEqual(['#2584c7', '#a1338a']);
  });

  it('has the same size and scales at all moments of a film', () => {
    const moments = [momentAt(10, [4, 3]), momentAt(20, [2, 1])];
    const frame = raceFrame(moments, words, undefined);
    expect(frame.residualUpper).toBe(4);
    const sizes = moments
      .map((each) => raceFigure(frame, each, colorOf))
      .map(({ width, height }) => [width, height]);
    expect(sizes[0]).toEqual(sizes[1]);
    expect(sizes[0]!.every((length) => length % 2 === 0)).toBe(true);
  });

  it('is named by image, contestants and epoch', () => {
    expect(raceFileName(words, moment)).toBe('bottle-test-crack-007-race-l2-wfdl-epoch-40');
  });
});

describe('the epochs of a film', () => {
  it('are those that all contestants hold', () => {
    const past = (...epochs: number[]) => epochs.map((epoch) => ({ epoch, step: 10 * epoch }));
    expect(commonPast([past(2, 4, 6, 8), past(4, 8, 12)]).map(({ epoch }) => epoch)).toEqual([4, 8]);
    expect(commonPast([])).toEqual([]);
  });
});
