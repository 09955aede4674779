/** Spectral bias: the order in which the run learns frequencies, as a map and as curves, beside another loss. */

import { lazy, useCallback, useId, useMemo, useState } from 'react';
import { octaveBands } from '#core/spectrum/octave-bands.ts';
import type { LossSpectra } from '#store/run/loss-spectra.ts';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { lossLabels } from '../../shared/labels.ts';
import { formatFigure } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { BandSwatch } from './BandSwatch.tsx';
import { bandColor, bandDashes, bandData, bandName, bandRows, bandSeries } from './band-series.ts';
import { RunChoice } from './RunChoice.tsx';
import { SpectralMap, type SpectralMapProps } from './SpectralMap.tsx';
import {
  domainOf,
  logRangeOf,
  type MapPlace,
  mapData,
  type PowerScale,
  powerAt,
  powerUnits,
  recordAt,
} from './spectral-map.ts';
import { useSpectralRuns } from './use-spectral-runs.ts';
import './spectral-bias.css';

const BandChart = lazy(() => import('./BandChart.tsx'));

const mostPoints = 120;

const scales = [
  { value: 'relative', label: 'Relative', hint: controlHints.relativePower },
  { value: 'absolute', label: 'Absolute', hint: controlHints.absolutePower },
] as const;

const readOut = (place: MapPlace, runs: readonly LossSpectra[], scale: PowerScale): string => {
  const values = runs.map(({ loss, records }) => {
    const record = recordAt(records, place.epoch);
    const value = record ? formatFigure(powerAt(record, place.radius, scale)) : 'none';
    return runs.length > 1 ? `${lossLabels[loss]} ${value}` : value;
  });
  return `epoch ${place.epoch}, radius ${place.radius}: ${values.join(', ')}`;
};

/** A map with its menu: its values as a table and as CSV, the map as a figure. */
const SpectralMapFrame = (props: SpectralMapProps) => {
  const { run, scale } = props;
  const name = lossLabels[run.loss];
  const data = useCallback(() => mapData(run.records, scale), [run.records, scale]);
  const category = run.categoryName === undefined ? '' : `, ${run.categoryName}`;
  return (
    <ChartFrame
      title={`Spectral bias, ${name}`}
      note={`${powerUnits[scale]}; seed ${run.seed}, ${run.side} px${category}`}
      axes={{ x: 'epoch', y: 'radius (cycles per image), log(1 + r)' }}
      data={data}
      label={`Residual of ${name} by epoch and radius`}
      empty={run.records.length > 0 ? undefined : 'No epoch yet'}
      place="spectral-map number"
    >
      <SpectralMap {...props} />
    </ChartFrame>
  );
};

export const SpectralBiasSection = () => {
  const { others, current, instead, compared } = useSpectralRuns();
  const [scale, setScale] = useState<PowerScale>('relative');
  const [place, setPlace] = useState<MapPlace>();
  const readOutId = useId();

  const shown = instead.run ?? current;
  const runs = useMemo(() => (compared.run ? [shown, compared.run] : [shown]), [shown, compared.run]);
  const domain = useMemo(() => domainOf(runs.map(({ records }) => records)), [runs]);
  const range = useMemo(
    () =>
      logRangeOf(
        runs.map(({ records }) => records),
        scale,
      ),
    [runs, scale],
  );
  const bands = useMemo(() => octaveBands(shown.side).map(bandName), [shown.side]);
  // A run of another side has other bands.
  const drawn = useMemo(() => runs.filter(({ side }) => side === shown.side), [runs, shown.side]);
  const names = useMemo(() => drawn.map(({ loss }) => lossLabels[loss]), [drawn]);
  const rows = useMemo(() => {
    const [first = [], second = []] = drawn.map((run) =>
      bandSeries(run.records, run.side, scale, mostPoints),
    );
    return bandRows(first, second);
  }, [drawn, scale]);
  const data = useCallback(
    () =>
      bandData(
        drawn.map((run, i) => ({
          name: drawn.length > 1 ? names[i] : '',
          points: bandSeries(run.records, run.side, scale, run.records.length),
        })),
        bands,
      ),
    [drawn, names, scale, bands],
  );
  const legend = bands.flatMap((band, index) =>
    names.map((name, place) => ({
      name: `radius ${band}${names.length > 1 ? `, ${name}` : ''}`,
      color: bandColor(index),
      dash: bandDashes[place],
    })),
  );
  const note = drawn
    .map(({ loss, seed, side }) => `${lossLabels[loss]}, seed ${seed}, ${side} px`)
    .join('; ');
  const view = { domain, range, scale, place, onPlace: setPlace, describedBy: readOutId };

  return (
    <Section
      title="Spectral bias"
      className="spectral-bias"
      aside={<Segmented label="Power" value={scale} options={scales} onChange={setScale} compact />}
    >
      <p className="chart-note">By radius of frequency: {powerUnits[scale]}</p>
      <RunChoice
        label="Run of the map"
        otherwise={`This run: ${lossLabels[current.loss]}, seed ${current.seed}`}
        others={others}
        value={instead.run?.loss}
        onChange={instead.choose}
      />
      <SpectralMapFrame run={shown} {...view} />
      <RunChoice
        label="Run to compare with"
        otherwise="Compare with another loss"
        others={others}
        value={compared.run?.loss}
        onChange={compared.choose}
      />
      {compared.run && <SpectralMapFrame run={compared.run} {...view} />}
      <p id={readOutId} className="chart-note number" aria-live="polite">
        {place ? readOut(place, runs, scale) : 'Point at the map for values. Radius: cycles per image.'}
      </p>
      <ul className="band-legend number" aria-label="Bands of radius">
        {bands.map((band, index) => (
          <li key={band}>
            <BandSwatch band={index} /> {band}
          </li>
        ))}
        {names.length > 1 && (
          <li>
            {names[0]} solid, {names[1]} dashed
          </li>
        )}
      </ul>
      <ChartFrame
        title="Residual power by band of radius"
        axes={{ x: 'epoch', y: `${powerUnits[scale]}, log axis` }}
        legend={legend}
        {...{ note, data }}
        label="Power of the residual by band of radius and epoch"
        empty={domain ? undefined : 'No epoch yet'}
      >
        <BandChart rows={rows} bands={bands} runs={names} />
      </ChartFrame>
    </Section>
  );
};
