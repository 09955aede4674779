/** Reads a run from one file, by the end of its name. */
import { unzipParts } from '#core/bundle/zip-parts.ts';
import type { RunInOneFile } from '#core/run-in-one-file.ts';
import { parseRun } from './parse-run.ts';
import { invalidRun } from './run-file.ts';
import type { SavedRun } from './run-files.ts';
import { parseSafetensorsRun } from './safetensors-run.ts';

/** A run from files. */
export interface OpenedFiles {
  readonly saved: SavedRun;
  /** Bytes of `past.bin`; undefined without past epochs. */
  readonly past: ArrayBuffer | undefined;
}

/** Loads the reader with the first such file. */
const openOnnx = async ({ name, bytes }: RunInOneFile): Promise<OpenedFiles> => {
  const { parseOnnx } = await import('./onnx/read-onnx.ts');
  return { saved: parseOnnx(bytes, name), past: undefined };
};

/** Name of the part without the folder that a program may put around a bundle. */
const partName = (path: string): string => path.split('/').at(-1) ?? path;

const runParts = ['model.json', 'weights.bin', 'past.bin', 'model.safetensors'];

const isPart = (path: string, names: readonly string[]): boolean =>
  path.split('/').length <= 2 && names.includes(partName(path));

/** The parts with these names; others are not unpacked. */
const partsOf = (
  { name, bytes }: RunInOneFile,
  names: readonly string[],
): ReadonlyMap<string, ArrayBuffer> => {
  const found = unzipParts(new Uint8Array(bytes), name, (path) => isPart(path, names));
  return new Map(Array.from(found, ([path, content]) => [partName(path), content.slice().buffer]));
};

const openBundle = async (file: RunInOneFile): Promise<OpenedFiles> => {
  const { name } = file;
  const parts = partsOf(file, runParts);
  const [model, weights, safetensors] = [
    parts.get('model.json'),
    parts.get('weights.bin'),
    parts.get('model.safetensors'),
  ];
  const past = parts.get('past.bin');
  if (model && weights)
    return { saved: parseRun({ modelJson: new TextDecoder().decode(model), weights }), past };
  if (safetensors) return { saved: parseSafetensorsRun(safetensors, 'model.safetensors'), past };
  const onnx = partsOf(file, ['model.onnx']).get('model.onnx');
  if (onnx) return openOnnx({ name: 'model.onnx', bytes: onnx });
  throw invalidRun(
    { name, place: '', weightsName: name, remedy: 'Choose a bundle exported by Residua.' },
    `The file ${name} has none of model.json with weights.bin, model.safetensors, and model.onnx.`,
  );
};

const openSafetensors = ({ name, bytes }: RunInOneFile): OpenedFiles => ({
  saved: parseSafetensorsRun(bytes, name),
  past: undefined,
});

/** The formats that hold a whole run, by the end of the name. */
const readers: readonly {
  readonly end: string;
  readonly open: (file: RunInOneFile) => OpenedFiles | Promise<OpenedFiles>;
}[] = [
  { end: '.zip', open: openBundle },
  { end: '.safetensors', open: openSafetensors },
  { end: '.onnx', open: openOnnx },
];

/**
 * Reads a run.
 * @throws ResiduaError `import-invalid`, naming the file and its fault
 */
export const openFile = async (file: RunInOneFile): Promise<OpenedFiles> => {
  const reader = readers.find(({ end }) => file.name.toLowerCase().endsWith(end));
  if (reader) return reader.open(file);
  const ends = readers.map(({ end }) => end).join(', ');
  throw invalidRun(
    { name: file.name, place: '', weightsName: file.name, remedy: 'Choose a file exported by Residua.' },
    `The file ${file.name} is not known as a run, expected one of ${ends}.`,
  );
};
