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
const redraws = 30;
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

/** A chart of a run, and the median time from a readback to the drawn chart. */
const redrawMs = async (steps: number): Promise<number> => {
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
  const times: number[] = [];
  for (let i = 0; i < 5 + redraws; i++) {
    const start = performance.now();
    draw();
    // The chart measures itself and draws its axes in a second pass.
    await nextTask();
    times.push(performance.now() - start);
  }
  const points = place.querySelectorAll('.recharts-line path').length;
  root.unmount();
  place.remove();
  if (points === 0) throw new Error('The loss chart was not drawn.');
  return median(times.slice(-redraws));
};

/** `ratio` is the long run's time over the short one's: 1 if a redraw does not depend on the length of the run. */
export const lossRedrawCase: BenchCase = {
  ids: [id],
  run: async () => {
    const baselineMs = await redrawMs(shortSteps);
    const medianMs = await redrawMs(longSteps);
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
