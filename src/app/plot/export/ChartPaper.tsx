/** Draws a chart out of sight, at a fixed size and in light colors, and passes on the document once it is complete. */
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { ResiduaError } from '#core/errors.ts';
import type { LegendEntry } from '../curve-style.ts';
import { OnPaper } from '../Plot.tsx';
import { bodyHeight, bodyWidth, chartFigure } from './chart-figure.ts';
import { colorOnPaper } from './computed-paint.ts';
import { figureSvg } from './figure.ts';
import { svgBody } from './svg-body.ts';

interface ChartPaperProps {
  readonly title: string;
  readonly note: string;
  readonly axes: { readonly x: string; readonly y: string };
  readonly legend: readonly LegendEntry[];
  /** The chart; its first SVG is exported. */
  readonly children: ReactNode;
  readonly onDrawn: (svg: string) => void;
  readonly onFailed: (error: ResiduaError) => void;
}

/** recharts draws in several passes, to measure itself and its axes: two equal results mean a complete drawing. */
const lookEveryMs = 60;
const mostLooks = 50;

const ChartPaper = (props: ChartPaperProps) => {
  const { children } = props;
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    let before: string | undefined;
    let looks = 0;
    const timer = setInterval(() => {
      const { title, note, axes, legend, onDrawn, onFailed } = latest.current;
      const svg = host.current?.querySelector('svg');
      const body = svg ? svgBody(svg) : undefined;
      looks++;
      if (body && (body === before || looks >= mostLooks)) {
        clearInterval(timer);
        onDrawn(
          figureSvg(
            chartFigure({
              ...{ title, note, axes, body },
              legend: legend.map(({ name, color, dash }) => ({ name, color: colorOnPaper(color), dash })),
              colors: { ink: colorOnPaper('var(--ink)'), quiet: colorOnPaper('var(--ink-quiet)') },
            }),
          ),
        );
      } else if (looks >= mostLooks) {
        clearInterval(timer);
        onFailed(
          new ResiduaError('internal', `The chart "${title}" was not drawn in time.`, 'Export it again.'),
        );
      }
      before = body;
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  return createPortal(
    <div
      ref={host}
      className="chart-paper on-paper"
      style={{ width: bodyWidth, height: bodyHeight }}
      aria-hidden="true"
      inert
    >
      <OnPaper value={true}>
        <Suspense fallback={null}>{children}</Suspense>
      </OnPaper>
    </div>,
    document.body,
  );
};

export default ChartPaper;
