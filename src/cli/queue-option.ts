/** The option `--queue SETTING=A,B[,C]`, once per setting: a run for each category and each combination of values. */
import { join } from 'node:path';
import type { RunConfig } from '#core/config.ts';
import { settingFlags } from './settings-flags.ts';
import { usageError } from './usage-error.ts';

/** A setting and its values, as texts, in the order of the option. */
export interface QueueAxis {
  /** The flag without dashes: `learning-rate`. */
  readonly flag: string;
  readonly values: readonly string[];
  readonly read: (text: string) => Partial<RunConfig>;
}

export interface QueueOption {
  /** The categories by name; undefined for all of the data folder. */
  readonly categories: readonly string[] | undefined;
  readonly axes: readonly QueueAxis[];
}

/** One run of a queue. */
export interface QueueCell {
  /** Undefined for the sample category. */
  readonly category: string | undefined;
  /** Its value of each axis, in their order. */
  readonly values: readonly string[];
  readonly settings: Partial<RunConfig>;
  /** Its folder in the output folder: `bottle/loss-l2/seed-0`. */
  readonly folder: string;
}

const namesAndValues = (text: string): readonly [name: string, values: readonly string[]] => {
  const [name = '', list = '', ...rest] = text.split('=');
  const values = list.split(',').filter((value) => value !== '');
  if (name === '' || values.length === 0 || rest.length > 0)
    throw usageError(`--queue is ${text}, expected a setting and its values, such as loss=l2,wfdl.`);
  const doubled = values.find((value, place) => values.indexOf(value) !== place);
  if (doubled !== undefined) throw usageError(`--queue ${text} names ${doubled} twice.`);
  return [name, values];
};

const axisOf = (
  text: string,
  name: string,
  values: readonly string[],
  given: Readonly<Record<string, unknown>>,
): QueueAxis => {
  const known = settingFlags.find(({ flag }) => flag === name);
  if (!known) throw usageError(`--queue ${text}: ${name} is neither category nor a setting of --help.`);
  // A curve has commas of its own.
  if (known.setting === 'weightCurve') throw usageError('--queue cannot list values of weight-curve.');
  if (given[name] !== undefined)
    throw usageError(`--queue ${text} cannot be combined with --${name}: the queue sets this setting.`);
  return { flag: name, values, read: (value) => ({ [known.setting]: known.read(value) }) };
};

/**
 * Reads the option; the values are not checked.
 * @param texts `loss=l2,wfdl`, `seed=0,1`, `category=bottle,pill`; empty is no queue
 * @param given all arguments
 * @throws ResiduaError `config-invalid`, naming the text and the expectation
 */
export const queueOption = (
  texts: readonly string[],
  given: Readonly<Record<string, unknown>>,
): QueueOption | undefined => {
  if (texts.length === 0) return undefined;
  const lists = texts.map((text) => [text, ...namesAndValues(text)] as const);
  const doubled = lists.find(([, name], place) => lists.findIndex(([, other]) => other === name) !== place);
  if (doubled) throw usageError(`--queue names ${doubled[1]} twice: give all its values in one list.`);
  const categories = lists.find(([, name]) => name === 'category')?.[2];
  if (categories && given['category'] !== undefined)
    throw usageError('--queue category=… cannot be combined with --category.');
  if (categories && given['sample'] === true)
    throw usageError('--queue category=… is about the categories of a folder: give --data DIR.');
  const axes = lists
    .filter(([, name]) => name !== 'category')
    .map(([text, name, values]) => axisOf(text, name, values, given));
  return { categories, axes };
};

const combinations = (axes: readonly QueueAxis[]): readonly (readonly string[])[] =>
  axes.reduce<readonly (readonly string[])[]>(
    (before, { values }) => before.flatMap((chosen) => values.map((value) => [...chosen, value])),
    [[]],
  );

/**
 * The runs of a queue, category by category, with the last axis changing first.
 * @param categories undefined entries are the sample category
 */
export const queueCells = (
  { axes }: QueueOption,
  categories: readonly (string | undefined)[],
): readonly QueueCell[] =>
  categories.flatMap((category) =>
    combinations(axes).map((values) => ({
      category,
      values,
      settings: Object.assign({}, ...axes.map(({ read }, place) => read(values[place] ?? ''))),
      folder: join(category ?? 'sample', ...axes.map(({ flag }, place) => `${flag}-${values[place]}`)),
    })),
  );
