/** The values of settings with a few values, and their labels. */
import {
  initialisationNames,
  lossNames,
  nonFiniteChoices,
  type RunConfig,
  scheduleNames,
  type WeightName,
  widths,
} from '#core/config.ts';
import { lossLabels } from './labels.ts';

/** A value of a setting with its label. */
export interface SettingOption<Value extends string | number> {
  readonly value: Value;
  readonly label: string;
}

const initialisationLabels = { pytorch: 'PyTorch', 'he-normal': 'He normal' } as const;

export const lossOptions: readonly SettingOption<RunConfig['loss']>[] = lossNames.map((value) => ({
  value,
  label: lossLabels[value],
}));

export const weightOptions: readonly SettingOption<WeightName>[] = [
  { value: 'radial', label: 'radial, Eq. 7' },
  { value: 'radial-literal', label: 'radial, as printed' },
  { value: 'uniform', label: 'uniform, Eq. 5' },
  { value: 'power', label: 'power of the radius' },
  { value: 'adaptive-dataset', label: 'adaptive, data set' },
  { value: 'adaptive-batch', label: 'adaptive, batch' },
  { value: 'curve', label: 'curve, drawn' },
];

export const widthOptions: readonly SettingOption<RunConfig['width']>[] = widths.map((value) => ({
  value,
  label: `× ${value}`,
}));

export const initialisationOptions: readonly SettingOption<RunConfig['initialisation']>[] =
  initialisationNames.map((value) => ({ value, label: initialisationLabels[value] }));

export const nonFiniteOptions: readonly SettingOption<RunConfig['nonFiniteStep']>[] = nonFiniteChoices.map(
  (value) => ({ value, label: value }),
);

export const scheduleOptions: readonly SettingOption<RunConfig['schedule']>[] = scheduleNames.map(
  (value) => ({ value, label: value }),
);
