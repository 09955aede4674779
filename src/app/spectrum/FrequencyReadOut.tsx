/** The values at the frequency under the pointer. */
import { useStore } from 'zustand';
import type { SampleView } from '#core/history.ts';
import { crosshair, pixelAt } from '../image/crosshair.ts';
import { frequencyText } from '../shared/spectrum/frequency-text.ts';
import { formatFigure } from '../ui/format.ts';
import type { ShownRun } from './use-shown-runs.ts';

interface FrequencyReadOutProps {
  readonly runs: readonly ShownRun[];
  readonly side: number;
  readonly sample: SampleView | undefined;
}

const magnitude = (spectrum: Float32Array, at: number): string => formatFigure(Math.expm1(spectrum[at]!));

export const FrequencyReadOut = ({ runs, side, sample }: FrequencyReadOutProps) => {
  const place = useStore(crosshair, ({ spectrum }) => spectrum);
  const row = place && pixelAt(place.y, side);
  const column = place && pixelAt(place.x, side);
  if (row === undefined || column === undefined || !sample) {
    return <p className="chart-note number">Point at a spectrum: its wave is drawn over the input.</p>;
  }
  const at = row * side + column;
  const parts = [
    frequencyText(row - side / 2, column - side / 2, side),
    `input |F| ${magnitude(sample.inputSpectrum, at)}`,
    ...runs.flatMap(({ name, sample: own }) =>
      own?.output
        ? [
            `${name} |F̂| ${magnitude(own.output.reconstructionSpectrum, at)}, |F − F̂| ${magnitude(own.output.differenceSpectrum, at)}`,
          ]
        : [],
    ),
  ];
  return (
    <p className="chart-note number" data-testid="frequency-readout">
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </p>
  );
};
