/** The weight as an image and as a curve over the mean spectrum, and its effect on the mean brightness. */

import { latestEvaluation } from '#store/run/state.ts';
import { useFrequencyWeight, weightConfigOf } from '../shared/frequency-weight/use-frequency-weight.ts';
import { lossLabels } from '../shared/labels.ts';
import { useApp } from '../shared/store-context.ts';
import { usesWeight } from '../shared/uses-loss.ts';
import { formatFigure, formatPercent } from '../ui/format.ts';
import { WeightImage } from './WeightImage.tsx';
import { WeightSpectrum } from './WeightSpectrum.tsx';
import './weight-view.css';

/** The weight of the mean brightness, and the mean's share of the residual in the present run. */
const DcNote = () => {
  const config = useApp((state) => state.run.config);
  const side = useApp((state) => state.dataset.loaded?.side ?? state.run.config.side);
  const evaluation = useApp((state) => latestEvaluation(state.run));
  const { values } = useFrequencyWeight(side);
  const { dcWeight } = weightConfigOf(config);
  return (
    <div className="dc-note number" data-testid="dc-note" data-floor={dcWeight > 0}>
      <p>
        <b>w(0, 0) = {values ? formatFigure(values[0]) : '…'}.</b>{' '}
        {dcWeight === 0
          ? 'Eq. 7 gives the mean brightness no weight at all: the loss ignores a reconstruction that is too bright or too dark everywhere.'
          : `Eq. 7 gives the mean brightness no weight at all; the DC weight ${formatFigure(dcWeight)} gives it one, in units of the largest weight.`}
      </p>
      <p>
        {evaluation
          ? `In this run the mean holds ${formatPercent(evaluation.residualDcShare)} of the test residual's energy (epoch ${evaluation.epoch}).`
          : 'Train to see the mean’s share of the residual.'}{' '}
        {dcWeight === 0
          ? 'A DC weight of 1 trains the mean; "Remove mean residual" removes it from the score.'
          : ''}
      </p>
    </div>
  );
};

export const WeightView = () => {
  const config = useApp((state) => state.run.config);
  return (
    <div className="weight-view">
      {!usesWeight(config) && (
        <p className="weight-unused">
          The loss {lossLabels[config.loss]} uses no weight. This is what WFDL would use.
        </p>
      )}
      <div className="weight-pictures">
        <WeightImage />
        <WeightSpectrum />
      </div>
      <DcNote />
    </div>
  );
};
