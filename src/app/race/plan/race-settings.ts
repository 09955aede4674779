/** The settings in which the contestants of a race can differ, and a first value for a rival. */
import type { RunConfig } from '#core/config.ts';
import {
  initialisationOptions,
  lossOptions,
  type SettingOption,
  scheduleOptions,
  weightOptions,
  widthOptions,
} from '../../shared/setting-options.ts';

interface ChoiceSetting {
  readonly kind: 'choice';
  readonly options: readonly SettingOption<string | number>[];
}

interface NumberSetting {
  readonly kind: 'number';
  /** A value for the rival at this place, from 1, that differs from the first run's. */
  readonly suggest: (own: number, place: number) => number;
}

export type RaceSetting = (ChoiceSetting | NumberSetting) & {
  readonly key: keyof RunConfig;
  readonly label: string;
};

const choice = (
  key: keyof RunConfig,
  label: string,
  options: readonly SettingOption<string | number>[],
): RaceSetting => ({ kind: 'choice', key, label, options });

const number = (key: keyof RunConfig, label: string, suggest: NumberSetting['suggest']): RaceSetting => ({
  kind: 'number',
  key,
  label,
  suggest,
});

/** Of these values, the one for the rival at a place; the first run's own value is left out. */
const oneOf =
  (...values: readonly number[]) =>
  (own: number, place: number): number =>
    values.filter((value) => value !== own)[place - 1] ?? own;

/** In the order of the settings column. The first is ticked at first. */
export const raceSettings: readonly RaceSetting[] = [
  choice('loss', 'Loss', lossOptions),
  choice('weight', 'Weight shape', weightOptions),
  number('weightPower', 'Power p', oneOf(2, 1, 0.5)),
  number('dcWeight', 'DC weight', oneOf(0, 1, 2)),
  number('curriculum', 'Curriculum', oneOf(0, 0.5, 1)),
  number('focalAlpha', 'Focal α', oneOf(0, 1, 2)),
  number('ssimWindow', 'SSIM window', oneOf(7, 11, 15)),
  choice('width', 'Width', widthOptions),
  number('batch', 'Batch', (own, place) => own * 2 ** place),
  number('learningRate', 'Learning rate', (own, place) => Number((own / 3 ** place).toPrecision(2))),
  choice('schedule', 'Schedule', scheduleOptions),
  number('weightDecay', 'Weight decay', oneOf(0, 1e-4, 1e-3)),
  choice('initialisation', 'Initial weights', initialisationOptions),
  number('seed', 'Seed', (own, place) => own + place),
];

/** A first value for the rival at this place, from 1: another than the first run's, if there is one. */
export const suggestedValue = (setting: RaceSetting, config: RunConfig, place: number): string => {
  const own = config[setting.key];
  if (setting.kind === 'number') return String(setting.suggest(Number(own), place));
  const others = setting.options.filter(({ value }) => value !== own);
  // The paper's comparison comes first.
  const ordered =
    setting.key === 'loss'
      ? others.toSorted((one, other) => Number(other.value === 'wfdl') - Number(one.value === 'wfdl'))
      : others;
  return String(ordered[place - 1]?.value ?? own);
};
