/** One contestant's row: reconstruction, residual, spectrum, and the ratio of the spectra. */
import { memo, useState } from 'react';
import { viridis } from '../../image/color-map.ts';
import { Panel } from '../../image/Panel.tsx';
import {
  panelsOf,
  residualUnit,
  usePaintedImage,
  usePaintedMap,
  usePaintedResidual,
} from '../../image/painted.ts';
import { panelHints } from '../../shared/hints/figure-hints.ts';
import { OwnScaleSwitch } from '../../shared/OwnScaleSwitch.tsx';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { usePaintedRatio } from '../../shared/spectrum/spectra-scales.ts';
import { formatFigure } from '../../ui/format.ts';
import { raceHints } from '../race-hints.ts';
import { RowLabel } from './RowLabel.tsx';
import { useRow } from './use-row.ts';

interface ContestantRowProps {
  readonly contestant: NamedContestant;
  /** Upper ends of the scales of all contestants; undefined before there are values. */
  readonly residualUpper: number | undefined;
  readonly spectrumUpper: number | undefined;
  readonly placeholder: string;
}

export const ContestantRow = memo(
  ({ contestant, residualUpper, spectrumUpper, placeholder }: ContestantRowProps) => {
    const row = useRow(contestant.place);
    const { sample } = row;
    const output = sample?.output;
    const reconstruction = usePaintedImage(output?.reconstruction);
    const [ownScale, setOwnScale] = useState(false);
    const residual = usePaintedResidual(output, ownScale ? undefined : residualUpper);
    const spectrum = usePaintedMap(output?.reconstructionSpectrum, viridis, spectrumUpper);
    const ratio = usePaintedRatio(output?.reconstructionSpectrum, sample?.inputSpectrum);
    const panels = panelsOf(sample?.side ?? 1, placeholder);
    const unit = residualUnit(output?.calibrated ?? false);
    const name = (what: string): string => `race-${contestant.place}-${what}`;
    return (
      <section className="race-row" aria-label={contestant.name} data-testid={`race-row-${contestant.place}`}>
        <RowLabel contestant={contestant} row={row} />
        <Panel
          {...panels.image}
          name={name('reconstruction')}
          title="Reconstruction"
          hint={panelHints.reconstruction}
          note=""
          pixels={reconstruction}
        />
        <Panel
          {...panels.image}
          name={name('residual')}
          title="Residual"
          hint={raceHints.residual}
          note={
            ownScale
              ? 'scaled to itself'
              : residualUpper === undefined
                ? ''
                : `0 to ${formatFigure(residualUpper, 2)}${unit === undefined ? '' : ` ${unit}`}`
          }
          noteStressed={ownScale}
          {...residual}
          controls={residual && <OwnScaleSwitch own={ownScale} onChange={setOwnScale} />}
        />
        <Panel
          {...panels.spectrum}
          name={name('spectrum')}
          title="|F̂|"
          hint={raceHints.reconstructionSpectrum}
          note="as input"
          {...spectrum}
        />
        <Panel
          {...panels.spectrum}
          name={name('ratio')}
          title="log(|F̂| / |F|)"
          hint={raceHints.ratio}
          note="blue missing"
          {...ratio}
        />
      </section>
    );
  },
);
ContestantRow.displayName = 'ContestantRow';
