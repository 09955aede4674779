/** The binary parts of a bundle, each with its writer. */
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { pastFileName } from '#core/past-epochs/past-file.ts';
import { exportRun } from '../export-run.ts';
import type { SavedRun } from '../run-files.ts';
import { weightsFileName } from '../run-files.ts';
import { type RunRemarks, writeSafetensorsRun } from '../safetensors-run.ts';
import { calibrationPart } from './calibration-part.ts';
import { type Example, exampleParts } from './example-parts.ts';

/** What the binary parts are written from. */
export interface BundleContent {
  /** With the weights, the settings and the history of its last evaluation. */
  readonly run: SavedRun;
  readonly remarks: RunRemarks;
  /** Of the last evaluation; undefined if its score is not calibrated. */
  readonly statistics: ResidualStatistics | undefined;
  /** Bytes of `past.bin`; undefined to leave it out. */
  readonly past: ArrayBuffer | undefined;
  /** Test images that the user allows in the bundle. */
  readonly examples: readonly Example[];
}

type PartWriter = (content: BundleContent) => readonly BundlePart[];

const tfjsParts: PartWriter = ({ run, remarks: { paper } }) => {
  const { modelJson, weights } = exportRun(run, paper);
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(modelJson) },
    { name: weightsFileName, bytes: new Uint8Array(weights) },
  ];
};

const safetensorsPart: PartWriter = ({ run, remarks }) => [
  { name: 'model.safetensors', bytes: new Uint8Array(writeSafetensorsRun(run, remarks)) },
];

const pastPart: PartWriter = ({ past }) =>
  past ? [{ name: pastFileName, bytes: new Uint8Array(past) }] : [];

const writers: readonly PartWriter[] = [
  safetensorsPart,
  ({ statistics }) => (statistics ? [calibrationPart(statistics)] : []),
  tfjsParts,
  pastPart,
  ({ run, examples }) => exampleParts(run.config.side, examples),
];

/** Writes all binary parts, in new arrays. */
export const binaryParts = (content: BundleContent): readonly BundlePart[] =>
  writers.flatMap((write) => write(content));
