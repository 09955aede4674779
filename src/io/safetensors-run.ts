/** A trained run as safetensors: weights with PyTorch's names and layout, and Residua's metadata as text. */
import {
  fromPytorchRun,
  metadataKey,
  type RunRemarks,
  readPytorchMetadata,
  toPytorchRun,
} from './pytorch-run.ts';
import type { RunFile } from './run-file.ts';
import type { SavedRun } from './run-files.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/**
 * Returns the bytes of `model.safetensors`; a new buffer.
 * @throws ResiduaError as `toPytorchRun`
 */
export const writeSafetensorsRun = (run: SavedRun, remarks: RunRemarks = {}): ArrayBuffer => {
  const { tensors, texts } = toPytorchRun(run, remarks);
  // The format is the mark by which other programs know the layout of PyTorch.
  return writeSafetensors({ metadata: { format: 'pt', ...texts }, tensors });
};

/**
 * Returns the run of a file; the input of `writeSafetensorsRun`, with spectra to five digits.
 * @param name of the file, for messages
 * @throws ResiduaError `import-invalid`, naming the fault: no safetensors, a tensor's dtype, or as `readPytorchMetadata` and `fromPytorchRun`
 */
export const parseSafetensorsRun = (bytes: ArrayBuffer, name: string): SavedRun => {
  const file: RunFile = {
    name,
    place: `${metadataKey}.`,
    weightsName: name,
    remedy: 'Choose a model.safetensors exported by Residua.',
  };
  const { metadata, tensors } = readSafetensors(new Uint8Array(bytes), name);
  return fromPytorchRun(readPytorchMetadata(metadata[metadataKey], file), tensors, file);
};
