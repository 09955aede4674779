/** Saves files from the page to the user's disk, and notes their names for the page to confirm. */
import { createStore } from 'zustand/vanilla';
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { ExportedRun } from '#store/page-store.ts';

/** The names of the files that were saved together last; empty before the first. A new array for each time. */
export const savedFiles = createStore<{ readonly names: readonly string[] }>()(() => ({ names: [] }));

const longestName = 100;

/** A text as a file name: in lower case, with hyphens. */
export const asFileName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .slice(0, longestName)
    .replace(/^-+|-+$/g, '');

export interface NamedFile {
  readonly name: string;
  readonly content: BlobPart;
  readonly type: string;
}

const save = ({ name, content, type }: NamedFile): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click: revoking at once would cancel the download.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

const saveAll = (files: readonly NamedFile[]): void => {
  for (const file of files) save(file);
  savedFiles.setState({ names: files.map(({ name }) => name) });
};

/** Saves a file under a name. */
export const downloadFile = (name: string, content: BlobPart, type: string): void =>
  saveAll([{ name, content, type }]);

/** TensorFlow.js looks for the weights under the name in the manifest. */
const naming = (modelJson: string, weightsName: string): string => {
  const model: { readonly weightsManifest: readonly object[] } = JSON.parse(modelJson);
  const [first, ...others] = model.weightsManifest;
  return JSON.stringify({ ...model, weightsManifest: [{ ...first, paths: [weightsName] }, ...others] });
};

/**
 * The files of a run: `bottle-wfdl-1-seed0-model.json` with `-weights.bin`, and `-past.bin` if there are past epochs.
 * @param name of the run, as a file name
 */
export const runFiles = (name: string, { modelJson, weights, past }: ExportedRun): readonly NamedFile[] => {
  const binary = 'application/octet-stream';
  const weightsName = `${name}-weights.bin`;
  return [
    { name: `${name}-model.json`, content: naming(modelJson, weightsName), type: 'application/json' },
    { name: weightsName, content: weights, type: binary },
    ...(past ? [{ name: `${name}-past.bin`, content: past, type: binary }] : []),
  ];
};

/** Saves a file of a bundle. */
export const downloadPart = ({ name, bytes }: BundlePart): void =>
  downloadFile(name, bytes, 'application/octet-stream');

/** Saves a part by itself, with the name of its run before its own: `bottle-wfdl-1-seed0-model.safetensors`. */
export const downloadPartOf = (run: string, { name, bytes }: BundlePart): void => {
  const own = `${run}-${name.split('/').at(-1) ?? name}`;
  if (name !== 'model.json') downloadPart({ name: own, bytes });
  else downloadFile(own, naming(new TextDecoder().decode(bytes), `${run}-weights.bin`), 'application/json');
};

export const downloadRun = (name: string, run: ExportedRun): void => saveAll(runFiles(name, run));
