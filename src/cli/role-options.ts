/** The options of a shell run that say which images are what. */
import * as v from 'valibot';
import { usageError } from './usage-error.ts';

/** The values of `--layout`. */
export const layoutChoices = ['auto', 'mvtec', 'mvtec2', 'loco', '3d', 'visa', 'btad', 'folder'] as const;

const patterns = v.optional(v.array(v.string()), []);

/** As in `resume.json`; a file without them is of a run by the folder's own names. */
export const roleOptionsSchema = v.object({
  layout: v.optional(v.picklist(layoutChoices), 'auto'),
  /** Patterns of paths below the data folder. */
  normal: patterns,
  defects: patterns,
  masks: patterns,
  /** Percent of the normal images that are tested on; null for the proposal. */
  testPercent: v.optional(v.nullable(v.number()), null),
  testSeed: v.optional(v.number(), 0),
});

/** Which images are what. */
export type RoleOptions = v.InferOutput<typeof roleOptionsSchema>;

/** The options of `parseArgs`. */
export const roleArguments = {
  layout: { type: 'string' },
  normal: { type: 'string', multiple: true },
  defects: { type: 'string', multiple: true },
  masks: { type: 'string', multiple: true },
  'test-percent': { type: 'string' },
  'test-seed': { type: 'string' },
} as const;

/** Whether the folder's own names decide alone, as in the page. */
export const isByNames = ({ normal, testPercent }: RoleOptions): boolean =>
  testPercent === null && normal.length === 0;

const mostTestPercent = 90;

const numberOf = (
  values: Readonly<Record<string, unknown>>,
  name: string,
  most: number,
): number | undefined => {
  const given = values[name];
  if (typeof given !== 'string') return undefined;
  const value = Number(given);
  if (given.trim() === '' || !Number.isInteger(value) || value < 0 || value > most)
    throw usageError(`--${name} is ${given}, expected a whole number from 0 to ${most}.`);
  return value;
};

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/**
 * Reads the options.
 * @param values of `parseArgs`
 * @throws ResiduaError `config-invalid`, naming the argument
 */
export const roleOptions = (values: Readonly<Record<string, unknown>>): RoleOptions => {
  const wanted = values['layout'] ?? 'auto';
  const layout = layoutChoices.find((choice) => choice === wanted);
  if (!layout) throw usageError(`The layout is ${wanted}, expected ${layoutChoices.join(', ')}.`);
  const options: RoleOptions = {
    layout,
    normal: strings(values['normal']),
    defects: strings(values['defects']),
    masks: strings(values['masks']),
    testPercent: numberOf(values, 'test-percent', mostTestPercent) ?? null,
    testSeed: numberOf(values, 'test-seed', 0xffffffff) ?? 0,
  };
  if (options.normal.length === 0 && options.defects.length + options.masks.length > 0)
    throw usageError('--defects and --masks need --normal: no image would be left for training.');
  if (options.normal.length > 0 && layout !== 'auto')
    throw usageError('--normal says which images are what: remove --layout.');
  return options;
};
