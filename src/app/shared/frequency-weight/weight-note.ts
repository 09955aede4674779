/** A weight in a few words, for captions. */
import type { RunConfig } from '#core/config.ts';
import { formatFigure } from '../../ui/format.ts';
import { lossLabels } from '../labels.ts';
import { usesWeight } from '../uses-loss.ts';
import { weightConfigOf } from './use-frequency-weight.ts';

/** A weight of the curriculum: `w^0.37`. */
export const exponentText = (exponent: number): string => `w^${exponent.toFixed(2)}`;

/** `radial, DC 1`, with the weight's parameters; or that the loss uses none. */
export const weightNote = (config: RunConfig): string => {
  if (!usesWeight(config)) return `not used by ${lossLabels[config.loss]}`;
  const { weight, weightPower, weightGamma, dcWeight } = weightConfigOf(config);
  const adaptive = weight === 'adaptive-dataset' || weight === 'adaptive-batch';
  const name = weight === 'power' ? `radius^${formatFigure(weightPower)}` : adaptive ? 'adaptive' : weight;
  return [name, ...(adaptive ? [`γ ${formatFigure(weightGamma)}`] : []), `DC ${formatFigure(dcWeight)}`].join(
    ', ',
  );
};
