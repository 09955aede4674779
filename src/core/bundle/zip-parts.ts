/** A bundle as a .zip. */
import { unzipSync, Zip, ZipPassThrough, type Zippable, zipSync } from 'fflate';
import { ResiduaError } from '../errors.ts';
import { excerpt } from '../excerpt.ts';

/** A file of a bundle. */
export interface BundlePart {
  /** Its path in the bundle, such as `model.safetensors`. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Weights and images hardly shrink, and compressing them takes long. */
const isText = (name: string): boolean => /\.(json|csv|md|py)$/.test(name);

/** Far beyond any run, and safely below the longest array. */
const largestPartBytes = 1e9;

const invalid = (problem: string, options?: ErrorOptions): ResiduaError =>
  new ResiduaError('import-invalid', problem, 'Export the bundle again.', options);

/** Returns the bytes of a .zip; a new array. */
export const zipParts = (parts: readonly BundlePart[]): Uint8Array<ArrayBuffer> => {
  const files: Zippable = {};
  for (const { name, bytes } of parts) files[name] = [bytes, { level: isText(name) ? 6 : 0 }];
  return zipSync(files);
};

/** Writes a .zip part by part, uncompressed, to a blob, which the browser may move to the disk. */
export class ZipWriter {
  private readonly written: Blob[] = [];
  private readonly zip = new Zip((error, chunk) => {
    // Nothing is compressed, so nothing can fail.
    if (error) throw error;
    this.written.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  });

  /** Adds a part; its bytes are not needed afterwards. */
  add({ name, bytes }: BundlePart): void {
    const file = new ZipPassThrough(name);
    this.zip.add(file);
    file.push(bytes, true);
  }

  /** Returns the whole .zip. */
  finish(): Blob {
    this.zip.end();
    return new Blob(this.written, { type: 'application/zip' });
  }
}

/**
 * Reads parts of a .zip.
 * @param file its name, for messages
 * @param wanted whether a part is read; all others are skipped
 * @returns new arrays by the names of the parts
 * @throws ResiduaError `import-invalid` if it is no .zip, damaged, or a part is too large
 */
export const unzipParts = (
  bytes: Uint8Array,
  file: string,
  wanted: (name: string) => boolean = () => true,
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> => {
  const select = ({ name, originalSize }: { name: string; originalSize: number }): boolean => {
    if (!wanted(name)) return false;
    if (originalSize <= largestPartBytes) return true;
    throw invalid(
      `The part ${excerpt(name)} of ${file} would have ${originalSize} bytes, more than ${largestPartBytes}.`,
    );
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter: select })));
  } catch (error) {
    if (error instanceof ResiduaError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(`The file ${file} is no .zip, or it is damaged: ${reason}.`, { cause: error });
  }
};
