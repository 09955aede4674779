/** A trained run as safetensors: weights with PyTorch's names and layout, and Residua's metadata as text. */
import { crc32 } from '#core/crc32.ts';
import type { PaperComparison } from '#core/paper-differences/paper-differences.ts';
import { finiteOnly } from '#core/stored-history.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { flatWeights, fromNamedArrays, type NamedArray, namedShapes } from '#model/named-weights.ts';
import { parameterSpecs } from '#model/parameters.ts';
import { pytorchShape, toPytorchLayout, toTfjsLayout } from './filter-layout.ts';
import { invalidRun, type RunFile } from './run-file.ts';
import type { SavedRun } from './run-files.ts';
import { checkChecksum, joinRun, readMetadata } from './run-metadata.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { metadataOf } from './write-metadata.ts';

/** Key of the metadata that `userDefinedMetadata.residua` holds in tfjs's layout, as JSON. */
const metadataKey = 'residua';

/** More about a run, for readers of the file. */
export interface RunRemarks {
  /** The differences from the paper's experiment. */
  readonly paper?: PaperComparison | undefined;
  /** `dataFingerprint` of its images. */
  readonly dataFingerprint?: string | undefined;
}

const bytesOf = (tensors: readonly NamedArray[]): Uint8Array => new Uint8Array(flatWeights(tensors).buffer);

/**
 * Returns the bytes of `model.safetensors`; a new buffer.
 * @throws ResiduaError `non-finite-loss` if the history contains NaN or an infinity; `import-invalid` if the weights
 *   are not those of the config's model
 */
export const writeSafetensorsRun = (
  run: SavedRun,
  { paper, dataFingerprint }: RunRemarks = {},
): ArrayBuffer => {
  const specs = parameterSpecs(autoencoderLayers(run.config.side, run.config.width));
  fromNamedArrays(specs, run.weights);
  const byName = new Map(run.weights.map((weight) => [weight.name, weight]));
  const tensors = namedShapes(specs).map(({ name }) => toPytorchLayout(byName.get(name)!));
  const metadata = metadataOf(run, paper, crc32(bytesOf(tensors)));
  return writeSafetensors({
    metadata: {
      // The mark by which other programs know the layout of PyTorch.
      format: 'pt',
      ...(dataFingerprint ? { data_fingerprint: dataFingerprint } : {}),
      [metadataKey]: JSON.stringify(metadata, finiteOnly),
    },
    tensors,
  });
};

const parseMetadata = (text: string, file: RunFile): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidRun(file, `In the file ${file.name}, the metadata ${metadataKey} are not JSON: ${reason}.`, {
      cause: error,
    });
  }
};

/** @throws ResiduaError `import-invalid`, naming a tensor of another shape than the model's, both in PyTorch's layout */
const checkShapes = (
  { config }: Pick<SavedRun, 'config'>,
  tensors: readonly NamedArray[],
  file: RunFile,
): void => {
  const specs = namedShapes(parameterSpecs(autoencoderLayers(config.side, config.width)));
  const expected = new Map(specs.map(({ name, shape }) => [name, pytorchShape(shape).join(', ')]));
  for (const { name, shape } of tensors) {
    const wanted = expected.get(name);
    if (wanted === undefined || shape.join(', ') === wanted) continue;
    throw invalidRun(
      file,
      `The tensor ${name} in ${file.name} has shape [${shape.join(', ')}], expected [${wanted}] at side ${config.side} and width ${config.width}.`,
    );
  }
};

/**
 * Returns the run of a file; the input of `writeSafetensorsRun`, with spectra to five digits.
 * @param name of the file, for messages
 * @throws ResiduaError `import-invalid`, naming the fault: no safetensors, another program's or a newer version's file, a key
 *   or setting, fields that contradict each other, a tensor's name, dtype, shape or value
 */
export const parseSafetensorsRun = (bytes: ArrayBuffer, name: string): SavedRun => {
  const file: RunFile = {
    name,
    place: `${metadataKey}.`,
    weightsName: name,
    remedy: 'Choose a model.safetensors exported by Residua.',
  };
  const { metadata, tensors } = readSafetensors(new Uint8Array(bytes), name);
  const text = metadata[metadataKey];
  if (text === undefined) {
    throw invalidRun(file, `The file ${name} has no metadata ${metadataKey}: Residua did not write it.`);
  }
  const read = readMetadata(parseMetadata(text, file), file);
  checkChecksum(bytesOf(tensors), read.weightsCrc32, file);
  checkShapes(read, tensors, file);
  return joinRun(read, tensors.map(toTfjsLayout), file);
};
