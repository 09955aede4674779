/** Data that version 1 wrote, in `version-1/`: made by the code of commit 773d466, and never to be changed. */
import { readFileSync } from 'node:fs';
import type { RunFiles } from '#io/run-files.ts';

/** The settings that version 2 added, with the values that reproduce a run of version 1. */
export const addedToVersion1 = {
  curriculum: 0,
  schedule: 'constant',
  initialisation: 'he-normal',
  holdOutPercent: 0,
  residual: 'raw',
  calibrationPooling: 0.1,
  calibrationBands: 'on',
} as const;

/** Those of them that are settings of an evaluation. */
export const addedToEvaluations = {
  residual: 'raw',
  calibrationPooling: 0.1,
  calibrationBands: 'on',
} as const;

/** The sentence with which everything of a newer version is refused. */
export const newerSentence = /written by a newer version of Residua \(version 3; this one reads up to 2\)/;

const textOf = (name: string): string => readFileSync(new URL(`version-1/${name}`, import.meta.url), 'utf8');

const weightCount = (modelJson: string): number => {
  const { weightsManifest } = JSON.parse(modelJson) as {
    readonly weightsManifest: readonly {
      readonly weights: readonly { readonly shape: readonly number[] }[];
    }[];
  };
  return weightsManifest
    .flatMap(({ weights }) => weights)
    .reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
};

/** An exported run; all weights are 0, which keeps the repository small. */
export const version1Files = (): RunFiles => {
  const modelJson = textOf('model.json');
  return { modelJson, weights: new ArrayBuffer(4 * weightCount(modelJson)) };
};

/** JSON holds a typed array as an object with the name of its kind. */
const typedArrays = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('Float64Array' in value) return Float64Array.from(value.Float64Array as number[]);
  if ('Float32Array' in value) return Float32Array.from(value.Float32Array as number[]);
  return value;
};

/** A kept run as it stands in the browser's storage. */
export const version1Record = (): unknown => JSON.parse(textOf('record.json'), typedArrays);

/** A kept queue of Table II. */
export const version1Table = (): unknown => JSON.parse(textOf('table.json'));

/** Links of each preset and of other settings, with the settings that they meant. */
export const version1Links = (): readonly { readonly fragment: string; readonly config: object }[] =>
  JSON.parse(textOf('links.json'));

/** The settings of the run that the record, the exported run and `config.json` are of. */
export const version1Config = (): object => JSON.parse(textOf('config.json'));

/** The text of a `config.json` of `npm run train`. */
export const version1ConfigText = (): string => textOf('config.json');
