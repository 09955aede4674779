/** A trained run as tensors with PyTorch's names and layout, and Residua's metadata as text: the content of safetensors and ONNX. */
import { crc32 } from '#core/crc32.ts';
import type { PaperComparison } from '#core/paper-differences/paper-differences.ts';
import { finiteOnly } from '#core/stored-history.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { flatWeights, fromNamedArrays, type NamedArray, namedShapes } from '#model/named-weights.ts';
import { parameterSpecs } from '#model/parameters.ts';
import { pytorchShape, toPytorchLayout, toTfjsLayout } from './filter-layout.ts';
import { invalidRun, type RunFile } from './run-file.ts';
import type { RunMetadata, SavedRun } from './run-files.ts';
import { checkChecksum, joinRun, readMetadata } from './run-metadata.ts';
import { metadataOf } from './write-metadata.ts';

/** Key of the metadata that `userDefinedMetadata.residua` holds in tfjs's layout, as JSON. */
export const metadataKey = 'residua';

/** More about a run, for readers of the file. */
export interface RunRemarks {
  /** The differences from the paper's experiment. */
  readonly paper?: PaperComparison | undefined;
  /** `dataFingerprint` of its images. */
  readonly dataFingerprint?: string | undefined;
}

/** The content of a file. */
export interface PytorchRun {
  /** In PyTorch's order and layout. */
  readonly tensors: readonly NamedArray[];
  readonly metadata: RunMetadata;
  /** Texts by key: the metadata, and the fingerprint of the images if it is known. */
  readonly texts: Readonly<Record<string, string>>;
}

const specsOf = ({ config: { side, width } }: Pick<SavedRun, 'config'>) =>
  parameterSpecs(autoencoderLayers(side, width));

const bytesOf = (tensors: readonly NamedArray[]): Uint8Array => new Uint8Array(flatWeights(tensors).buffer);

/**
 * Returns the content of a run's file.
 * @throws ResiduaError `non-finite-loss` if the history contains NaN or an infinity; `import-invalid` if the weights
 *   are not those of the config's model
 */
export const toPytorchRun = (run: SavedRun, { paper, dataFingerprint }: RunRemarks = {}): PytorchRun => {
  const specs = specsOf(run);
  fromNamedArrays(specs, run.weights);
  const byName = new Map(run.weights.map((weight) => [weight.name, weight]));
  const tensors = namedShapes(specs).map(({ name }) => toPytorchLayout(byName.get(name)!));
  const metadata = metadataOf(run, paper, crc32(bytesOf(tensors)));
  return {
    tensors,
    metadata,
    texts: {
      ...(dataFingerprint ? { data_fingerprint: dataFingerprint } : {}),
      [metadataKey]: JSON.stringify(metadata, finiteOnly),
    },
  };
};

const parseMetadata = (text: string, file: RunFile): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidRun(file, `In the file ${file.name}, the metadata ${metadataKey} are not JSON.`, {
      cause: error,
    });
  }
};

/** @throws ResiduaError `import-invalid`, naming a tensor of another shape than the model's, both in PyTorch's layout */
const checkShapes = (read: RunMetadata, tensors: readonly NamedArray[], file: RunFile): void => {
  const { side, width } = read.config;
  const specs = namedShapes(specsOf(read));
  const expected = new Map(specs.map(({ name, shape }) => [name, pytorchShape(shape).join(', ')]));
  for (const { name, shape } of tensors) {
    const wanted = expected.get(name);
    if (wanted === undefined || shape.join(', ') === wanted) continue;
    throw invalidRun(
      file,
      `The tensor ${name} in ${file.name} has shape [${shape.join(', ')}], expected [${wanted}] at side ${side} and width ${width}.`,
    );
  }
};

/**
 * Reads the metadata of a file.
 * @param text undefined if the file has none
 * @throws ResiduaError `import-invalid`, naming the fault: another program's or a newer version's file, a key or setting, or fields
 *   that contradict each other
 */
export const readPytorchMetadata = (text: string | undefined, file: RunFile): RunMetadata => {
  if (text !== undefined) return readMetadata(parseMetadata(text, file), file);
  throw invalidRun(file, `The file ${file.name} has no metadata ${metadataKey}: Residua did not write it.`);
};

/**
 * Returns the run of a file's content.
 * @param tensors in PyTorch's layout, in any order
 * @throws ResiduaError `import-invalid`, naming a tensor that is missing, unknown, or has another shape, the checksum, or a value
 */
export const fromPytorchRun = (
  metadata: RunMetadata,
  tensors: readonly NamedArray[],
  file: RunFile,
): SavedRun => {
  checkShapes(metadata, tensors, file);
  const specs = specsOf(metadata);
  fromNamedArrays(specs, tensors.map(toTfjsLayout));
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const ordered = namedShapes(specs).map(({ name }) => byName.get(name)!);
  checkChecksum(bytesOf(ordered), metadata.weightsCrc32, file);
  return joinRun(metadata, ordered.map(toTfjsLayout), file);
};
