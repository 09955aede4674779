/** The option `--race SETTING=A,B[,C]`: one contestant for each value of a setting. */
import type { RunConfig } from '#core/config.ts';
import { mostContestants, type RaceVariant } from '#core/race.ts';
import { settingFlags } from './settings-flags.ts';
import { usageError } from './usage-error.ts';

export interface RaceOption {
  /** The option's own text. */
  readonly text: string;
  /** The setting in which the contestants differ. */
  readonly setting: keyof RunConfig;
  /** A folder in the output folder for each contestant, in order: `loss-l2`. */
  readonly folders: readonly string[];
  /** The value of the first contestant. */
  readonly first: RaceVariant;
  /** The values of the others. */
  readonly rivals: readonly RaceVariant[];
}

/**
 * Reads the option; the values are not checked.
 * @param text `loss=l2,wfdl`; undefined is no race
 * @param values all arguments
 * @throws ResiduaError `config-invalid`, naming the unknown setting or the number of values
 */
export const raceOption = (
  text: string | undefined,
  values: Readonly<Record<string, unknown>>,
): RaceOption | undefined => {
  if (text === undefined) return undefined;
  const [name = '', list = '', ...rest] = text.split('=');
  const flag = settingFlags.find((known) => known.flag === name);
  if (!flag || rest.length > 0) {
    throw usageError(`--race is ${text}, expected a setting and its values, such as loss=l2,wfdl.`);
  }
  const { setting, read } = flag;
  // A curve has commas of its own.
  if (setting === 'weightCurve') throw usageError('--race cannot list values of weight-curve.');
  if (values[name] !== undefined) {
    throw usageError(`--race ${text} cannot be combined with --${name}: the race sets this setting.`);
  }
  const texts = list.split(',').filter((value) => value !== '');
  if (texts.length < 2 || texts.length > mostContestants) {
    throw usageError(`--race ${text} names ${texts.length} values, expected 2 to ${mostContestants}.`);
  }
  const [first = {}, ...rivals] = texts.map((value): RaceVariant => ({ [setting]: read(value) }));
  return { text, setting, folders: texts.map((value) => `${name}-${value}`), first, rivals };
};
