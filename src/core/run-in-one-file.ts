/** A trained run in one file: a bundle (.zip), an ONNX model or a .safetensors. */
export interface RunInOneFile {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

const ends = ['.zip', '.safetensors', '.onnx'];

/** Whether a file of this name can hold a run by itself. */
export const isRunInOneFile = (name: string): boolean => ends.some((end) => name.toLowerCase().endsWith(end));
