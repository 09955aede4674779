/** The maps epoch by radius of all shown runs, side by side, and the ratio of the first two. */
import { useId, useMemo, useState } from 'react';
import { namedBands } from '#core/spectrum/named-bands.ts';
import { radiusText } from '../plot/radial/radial-axis.ts';
import { useChooseEpoch, useShownEpoch } from '../shared/epoch-cursor.ts';
import type { MapPlace } from '../shared/spectrum/map-geometry.ts';
import { SpectralMapFrame } from '../shared/spectrum/SpectralMapFrame.tsx';
import {
  domainOf,
  logScaleOf,
  powerAt,
  ratioRecords,
  ratioScaleOf,
  recordAt,
} from '../shared/spectrum/spectral-map.ts';
import { formatFigure } from '../ui/format.ts';
import { Section } from '../ui/Section.tsx';
import { BandThumbnails } from './BandThumbnails.tsx';
import { CompareWith } from './CompareWith.tsx';
import { spectrumHints } from './spectrum-hints.ts';
import type { ShownRun } from './use-shown-runs.ts';

interface SpectralMapsProps {
  readonly runs: readonly ShownRun[];
  readonly side: number;
  readonly input: Float32Array | undefined;
}

/** Runs of another side have other radii, and no place on these axes. */
const noteOf = ({ config }: ShownRun): string => `seed ${config.seed}, ${config.side} px`;

export const SpectralMaps = ({ runs, side, input }: SpectralMapsProps) => {
  const [place, setPlace] = useState<MapPlace>();
  const readOut = useId();
  const shownEpoch = useShownEpoch();
  const onChoose = useChooseEpoch();
  const all = useMemo(() => runs.map(({ records }) => records), [runs]);
  const domain = useMemo(() => domainOf(all), [all]);
  const colors = useMemo(() => logScaleOf(all, 'relative'), [all]);
  const [first, second] = runs;
  const ratio = useMemo(
    () => (first && second ? ratioRecords(first.records, second.records) : []),
    [first, second],
  );
  const ratioColors = useMemo(() => ratioScaleOf(ratio), [ratio]);
  const edges = useMemo(() => namedBands(side).map(({ from }) => from), [side]);
  const valueAt = (records: ShownRun['records']): string => {
    const record = place && recordAt(records, place.epoch);
    const value = record ? powerAt(record, place.radius, 'relative') : Number.NaN;
    return Number.isNaN(value) ? 'none' : formatFigure(value);
  };
  const common = {
    ...{ domain, place, shownEpoch, onChoose, edges },
    scale: 'relative' as const,
    onPlace: setPlace,
    describedBy: readOut,
  };
  return (
    <Section title="Learned frequencies over the epochs" className="spectral-maps" aside={<CompareWith />}>
      <p className="chart-note">
        Residual / image power of a few training images. White: 1, nothing learned. Blue: learned. Red: worse
        than a blank image. Click to show an epoch everywhere.
      </p>
      <div className="spectral-maps-row">
        <BandThumbnails input={input} side={side} />
        <div className="spectral-maps-grid">
          {runs.length === 0 && (
            <p className="chart-note">Train a run to see which frequencies it learns, and when.</p>
          )}
          {runs.map((run) => (
            <figure key={run.key} className="spectral-map-figure" data-testid={`map-${run.key}`}>
              <figcaption>
                <i className="run-dot" style={{ background: run.color }} />
                <b>{run.name}</b>
              </figcaption>
              <SpectralMapFrame
                {...common}
                title={`Residual by epoch and radius, ${run.name}`}
                note={`residual / image power; ${noteOf(run)}`}
                name={`${run.name}: residual by epoch and radius`}
                hint={spectrumHints.map}
                records={run.records}
                colors={colors}
              />
            </figure>
          ))}
          {first && second && (
            <figure className="spectral-map-figure" data-testid="map-ratio">
              <figcaption>
                <b>
                  {first.name} / {second.name}
                </b>
                <span className="quiet">blue: {first.name} learned more</span>
              </figcaption>
              <SpectralMapFrame
                {...common}
                title={`Residual of ${first.name} over ${second.name}`}
                note={`ratio of residual / image power; ${noteOf(first)}`}
                name={`${first.name} over ${second.name}, by epoch and radius`}
                hint={spectrumHints.ratioMap}
                records={ratio}
                colors={ratioColors}
              />
            </figure>
          )}
        </div>
      </div>
      <p id={readOut} className="chart-note number" aria-live="polite">
        {place
          ? `epoch ${place.epoch}, ${radiusText(place.radius, side)}: ${runs.map((run) => `${run.name} ${valueAt(run.records)}`).join(', ')}`
          : 'Point at a map for values.'}
      </p>
    </Section>
  );
};
