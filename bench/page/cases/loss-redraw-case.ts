/** The cost of redrawing the loss chart while a run of 200,000 steps trains, beside that of one of 2,000. */
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import CurveChart from '#app/plot/CurveChart.tsx';
import { countAxis } from '#app/plot/ticks.ts';
import { lossAxis } from '#app/results/loss/loss-axis.ts';
import { inUnits, lossCurves } from '#app/results/loss/loss-series.ts';
import type { StepRecord } from '#core/history.ts';
import { StepHistory } from '#core/step-history.ts';
import { benchRow } from '../../bench-row.ts';
import { median } from '../../statistics.ts';
import type { BenchCase } from '../bench-case.ts';

const id = 'loss-redraw';
const [shortSteps, longSteps] = [2000, 200_000];
/** Steps between two readbacks. */
const burst = 20;
const redraws = 60;
const warmUps = 10;
const smoothing = 0.6;
const style = { color: 'black', dash: 'none' } as const;
const noMarks = [] as const;

const records = (from: number, count: number): StepRecord[] =>
  Array.from({ length: count }, (_, i) => {
    const step = from + i;
    return { step, epoch: 1 + Math.floor(step / 1000), loss: 1 / step + ((step * 7919) % 101) / 1e4 };
  });

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });

interface RedrawnChart {
  /** Milliseconds from a readback to the drawn chart. */
  readonly redraw: () => Promise<number>;
  readonly remove: () => void;
}

/** The chart of a run with this number of steps, at the width of the column of results. */
const chartOf = (steps: number): RedrawnChart => {
  const place = document.createElement('div');
  place.style.cssText = 'width: 346px; height: 150px';
  document.body.append(place);
  const root = createRoot(place);
  let history = StepHistory.of(records(1, steps));
  const draw = (): void => {
    history = history.append(records(history.length + 1, burst));
    const { raw, smoothed } = lossCurves(history, smoothing, 'log');
    const curves = [
      { key: 'raw', name: 'not smoothed', style, faint: true, ...inUnits(raw, 1, 1) },
      { key: 'present', name: 'smoothed', style, ...inUnits(smoothed, 1, 1) },
    ];
    const chart = createElement(CurveChart, {
      curves,
      abscissa: { ...countAxis(0, history.length), scale: 'linear' },
      abscissaName: 'step',
      ordinate: lossAxis(curves, 'log').axis,
      formatTick: String,
      formatValue: String,
      mostDots: 1,
      marks: noMarks,
      labelWidth: 44,
    });
    flushSync(() => root.render(chart));
  };
  return {
    redraw: async () => {
      const start = performance.now();
      draw();
      // The chart measures itself and draws its axes in a second pass.
      await nextTask();
      return performance.now() - start;
    },
    remove: () => {
      const drawn = place.querySelector('.recharts-line path') !== null;
      root.unmount();
      place.remove();
      if (!drawn) throw new Error('The loss chart was not drawn.');
    },
  };
};

/** `ratio` is the long run's time over the short one's: 1 if a redraw does not depend on the length of the run. */
export const lossRedrawCase: BenchCase = {
  ids: [id],
  run: async () => {
    const charts = [chartOf(shortSteps), chartOf(longSteps)];
    const times: number[][] = charts.map(() => []);
    for (let i = 0; i < warmUps + redraws; i++) {
      for (const [place, { redraw }] of charts.entries()) {
        const elapsedMs = await redraw();
        if (i >= warmUps) times[place]!.push(elapsedMs);
      }
    }
    for (const { remove } of charts) remove();
    const [baselineMs, medianMs] = times.map(median) as [number, number];
    return [
      benchRow(
        {
          id,
          baseline: `${shortSteps} steps: ratio is the time at ${longSteps} over that`,
          ratio: medianMs / baselineMs,
          medianMs,
          baselineMs,
        },
        {},
      ),
    ];
  },
};
