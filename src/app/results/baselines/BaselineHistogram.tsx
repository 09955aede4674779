/** A tiny histogram: good images above the line, anomalous images below it. */
import { useMemo } from 'react';
import { scoreBins } from '../../plot/score-bins.ts';
import { formatFigure } from '../../ui/format.ts';

interface BaselineHistogramProps {
  /** Name of the scores, for readers who cannot see the histogram. */
  readonly label: string;
  readonly scores: Float64Array;
  readonly anomalous: readonly boolean[];
}

const binCount = 18;
const binWidth = 4;
/** Height of the highest bar of a class, in pixels. */
const height = 10;

const rangeOf = (scores: readonly number[]): string =>
  scores.length === 0
    ? 'none'
    : `${formatFigure(Math.min(...scores))} to ${formatFigure(Math.max(...scores))}`;

/** Bars as one path, up (-1) or down (1) from the middle. */
const barsPath = (counts: readonly number[], direction: 1 | -1): string => {
  const most = Math.max(1, ...counts);
  return counts
    .flatMap((count, bin) =>
      count > 0
        ? [`M${bin * binWidth} ${height}v${(direction * height * count) / most}h${binWidth - 1}V${height}z`]
        : [],
    )
    .join('');
};

export const BaselineHistogram = ({ label, scores, anomalous }: BaselineHistogramProps) => {
  const { bins } = useMemo(() => scoreBins(scores, anomalous, binCount), [scores, anomalous]);
  const ranges = useMemo(() => {
    const of = (wanted: boolean) => [...scores].filter((_, image) => anomalous[image] === wanted);
    return `good ${rangeOf(of(false))}, anomalous ${rangeOf(of(true))}`;
  }, [scores, anomalous]);
  return (
    <svg
      className="baseline-histogram"
      width={binCount * binWidth}
      height={2 * height}
      viewBox={`0 0 ${binCount * binWidth} ${2 * height}`}
      role="img"
      aria-label={`${label}: ${ranges}`}
    >
      <title>{ranges}</title>
      <path
        className="baseline-good"
        d={barsPath(
          bins.map(({ good }) => good),
          -1,
        )}
      />
      <path
        className="baseline-anomalous"
        d={barsPath(
          bins.map(({ anomalous: count }) => count),
          1,
        )}
      />
      <path className="baseline-axis" d={`M0 ${height}h${binCount * binWidth}`} />
    </svg>
  );
};
