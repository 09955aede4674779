/** Spectral bias: the order in which the run learns frequencies, as a map and as curves, beside another loss. */

import { lazy, useCallback, useId, useMemo, useState } from 'react';
import { octaveBands } from '#core/spectrum/octave-bands.ts';
import type { LossSpectra } from '#store/run/loss-spectra.ts';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { useChooseEpoch, useShownEpoch } from '../../shared/epoch-cursor.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { lossLabels } from '../../shared/labels.ts';
import type { MapPlace } from '../../shared/spectrum/map-geometry.ts';
import { SpectralMapFrame } from '../../shared/spectrum/SpectralMapFrame.tsx';
import {
  domainOf,
  logScaleOf,
  type PowerScale,
  powerAt,
  powerUnits,
  recordAt,
} from '../../shared/spectrum/spectral-map.ts';
import { useActions } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { formatFigure } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { BandSwatch } from './BandSwatch.tsx';
import { bandColor, bandDashes, bandData, bandName, bandRows, bandSeries } from './band-series.ts';
import { RunChoice } from './RunChoice.tsx';
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

export const SpectralBiasSection = () => {
  const { others, current, instead, compared } = useSpectralRuns();
  const [scale, setScale] = useState<PowerScale>('relative');
  const [place, setPlace] = useState<MapPlace>();
  const readOutId = useId();
  const shownEpoch = useShownEpoch();
  const chooseEpoch = useChooseEpoch();
  const { view: viewActions } = useActions();

  const shown = instead.run ?? current;
  const runs = useMemo(() => (compared.run ? [shown, compared.run] : [shown]), [shown, compared.run]);
  const domain = useMemo(() => domainOf(runs.map(({ records }) => records)), [runs]);
  const colors = useMemo(
    () =>
      logScaleOf(
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
  const propsOf = (run: LossSpectra) => {
    const name = lossLabels[run.loss];
    const category = run.categoryName === undefined ? '' : `, ${run.categoryName}`;
    return {
      title: `Spectral bias, ${name}`,
      note: `${powerUnits[scale]}; seed ${run.seed}, ${run.side} px${category}`,
      name: `Residual of ${name} by epoch and radius`,
      hint: scale === 'relative' ? controlHints.relativePower : controlHints.absolutePower,
      records: run.records,
      // Only the present run's epochs can be shown.
      ...(run === current ? { shownEpoch, onChoose: chooseEpoch } : {}),
      ...{ domain, colors, scale, place, onPlace: setPlace, describedBy: readOutId },
    };
  };

  return (
    <Section
      title="Spectral bias"
      className="spectral-bias"
      aside={<Segmented label="Power" value={scale} options={scales} onChange={setScale} compact />}
    >
      <p className="chart-note">
        By radius of frequency: {powerUnits[scale]}{' '}
        <Button
          tone="bare"
          hint={controlHints.openSpectrum}
          onClick={() => viewActions.set({ page: 'spectrum' })}
        >
          Open Spectrum
        </Button>
      </p>
      <RunChoice
        label="Run of the map"
        otherwise={`This run: ${lossLabels[current.loss]}, seed ${current.seed}`}
        others={others}
        value={instead.run?.loss}
        onChange={instead.choose}
      />
      <SpectralMapFrame {...propsOf(shown)} />
      <RunChoice
        label="Run to compare with"
        otherwise="Compare with another loss"
        others={others}
        value={compared.run?.loss}
        onChange={compared.choose}
      />
      {compared.run && <SpectralMapFrame {...propsOf(compared.run)} />}
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
