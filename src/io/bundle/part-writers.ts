/** The binary parts of a bundle, each with its writer. */
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import { pastFileName } from '#core/past-epochs/past-file.ts';
import { exportRun } from '../export-run.ts';
import type { OnnxContent } from '../onnx/write-onnx.ts';
import { weightsFileName } from '../run-files.ts';
import { writeSafetensorsRun } from '../safetensors-run.ts';
import { calibrationPart } from './calibration-part.ts';
import { type Example, exampleParts } from './example-parts.ts';

/** What the binary parts are written from: a run with the weights, the settings and the history of its last evaluation. */
export interface BundleContent extends OnnxContent {
  /** Bytes of `past.bin`; undefined to leave it out. */
  readonly past: ArrayBuffer | undefined;
  /** Test images that the user allows in the bundle. */
  readonly examples: readonly Example[];
}

type PartWriter = (content: BundleContent) => readonly BundlePart[] | Promise<readonly BundlePart[]>;

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

/** Loads the writer with the first bundle. */
const onnxPart: PartWriter = async (content) => {
  const { writeOnnx } = await import('../onnx/write-onnx.ts');
  return [{ name: 'model.onnx', bytes: writeOnnx(content) }];
};

const pastPart: PartWriter = ({ past }) =>
  past ? [{ name: pastFileName, bytes: new Uint8Array(past) }] : [];

const writers: readonly PartWriter[] = [
  safetensorsPart,
  ({ statistics }) => (statistics ? [calibrationPart(statistics)] : []),
  onnxPart,
  tfjsParts,
  pastPart,
  ({ run, examples }) => exampleParts(run.config.side, examples),
];

/** Writes all binary parts, in new arrays. */
export const binaryParts = async (content: BundleContent): Promise<readonly BundlePart[]> =>
  (await Promise.all(writers.map((write) => write(content)))).flat();
