/** Settings in the fragment of a link: short, readable, without data. */
import { parseRunConfig, type RunConfig } from './config.ts';
import { ResiduaError } from './errors.ts';
import { excerpt } from './excerpt.ts';
import { splitLecture } from './lecture-link.ts';
import { type PresetName, presets } from './presets.ts';
import { contestantConfigs, type RaceVariant, variantOf } from './race.ts';
import { migrateSettings, readVersion, settingsVersion } from './versions/settings-version.ts';
import { version1Presets } from './versions/version-1-presets.ts';

/** Settings of the user's machine. A link does not contain them. */
const machineSettings: readonly (keyof RunConfig)[] = ['memoryBudgetMB', 'microBatch'];

/**
 * Parameters of a link that are no settings: the shown page, figure and run, the settings that the run changed, and the rivals of
 * a race.
 */
const otherParameters = ['page', 'figure', 'run', 'changed', 'against'] as const;

export type LinkParameter = (typeof otherParameters)[number];

const presetNames = Object.keys(presets) as PresetName[];

const carried = (Object.keys(presets.recommended) as (keyof RunConfig)[]).filter(
  (key) => !machineSettings.includes(key),
);

const differences = (config: RunConfig, name: PresetName): readonly (keyof RunConfig)[] =>
  carried.filter((key) => config[key] !== presets[name][key]);

/** The settings of a link: those of a run, and those in which each rival of a race differs from it. */
export interface LinkedSettings {
  readonly config: RunConfig;
  /** Empty: no race. */
  readonly rivals: readonly RaceVariant[];
}

/** Formats a rival's settings: `loss=l2;width=0.5`. No setting's value contains a semicolon. */
const variantText = (variant: RaceVariant): string =>
  carried
    .filter((key) => variant[key] !== undefined)
    .map((key) => `${key}=${variant[key]}`)
    .join(';');

/**
 * Formats the version, the nearest preset and the settings that differ: `v=4&preset=paper&loss=l2&side=64`. Each rival of a
 * race follows as a parameter `against`, with the settings in which it differs.
 * @returns the fragment, without `#`
 */
export const settingsToFragment = (config: RunConfig, rivals: readonly RaceVariant[] = []): string => {
  const [first, ...others] = presetNames.map((name) => ({ name, keys: differences(config, name) }));
  const { name, keys } = others.reduce(
    (best, next) => (next.keys.length < best.keys.length ? next : best),
    first!,
  );
  const parameters = new URLSearchParams({ v: String(settingsVersion), preset: name });
  for (const key of keys) parameters.set(key, String(config[key]));
  for (const text of rivals.map(variantText)) if (text !== '') parameters.append('against', text);
  return parameters.toString();
};

const refused = (problem: string): ResiduaError =>
  new ResiduaError('config-invalid', `The link's settings cannot be used: ${problem}`, 'Ask for a new link.');

const isPreset = (name: string): name is PresetName => presetNames.some((known) => known === name);

const isCarried = (key: string): key is keyof RunConfig => carried.some((known) => known === key);

/** Version 1 wrote no version. Text that is not a number is passed on, so the error can quote it. */
const versionOf = (text: string | null): number => {
  if (text === null) return 1;
  return readVersion(/^\d+$/.test(text) ? Number(text) : text, 'The link', 'config-invalid');
};

const presetValues = (name: PresetName, version: number): object =>
  version === 1 ? migrateSettings<object>(version1Presets[name], version) : presets[name];

/** @throws ResiduaError `config-invalid` for a parameter that is no setting */
const settingValue = (key: string, text: string): string | number => {
  if (!isCarried(key)) throw refused(`no setting is called ${excerpt(key)}.`);
  const value = Number(text);
  const isNumber = typeof presets.recommended[key] === 'number' && text.trim() !== '' && !Number.isNaN(value);
  return isNumber ? value : text;
};

/** Reads a rival's settings; `contestantConfigs` checks their values. */
const readVariant = (text: string): RaceVariant =>
  Object.fromEntries(
    text.split(';').map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key, settingValue(key, value.join('='))];
    }),
  );

/**
 * Reads a fragment of `settingsToFragment`, including those of older versions: a preset then means the values of that version.
 * @param fragment with or without `#`
 * @param own the config that supplies the machine settings
 * @returns undefined if the fragment names no preset, so it is not a link to settings
 * @throws ResiduaError `config-invalid` for a newer version, naming an unknown or invalid parameter, or for an invalid race
 */
export const settingsFromFragment = (fragment: string, own: RunConfig): LinkedSettings | undefined => {
  const parameters = new URLSearchParams(splitLecture(fragment).rest);
  const version = versionOf(parameters.get('v'));
  const preset = parameters.get('preset');
  if (preset === null) return undefined;
  if (!isPreset(preset)) {
    throw refused(`no preset is called ${excerpt(preset)}; expected ${presetNames.join(', ')}.`);
  }
  const config: Record<string, unknown> = { ...presetValues(preset, version) };
  for (const key of machineSettings) config[key] = own[key];
  for (const [key, text] of parameters) {
    if (key === 'v' || key === 'preset' || otherParameters.some((other) => other === key)) continue;
    config[key] = settingValue(key, text);
  }
  const parsed = parseRunConfig(config);
  const variants = parameters.getAll('against').map(readVariant);
  const [, ...rivals] = contestantConfigs(parsed, variants);
  return { config: parsed, rivals: rivals.map((rival) => variantOf(parsed, rival)) };
};
