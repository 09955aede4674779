/** Reads and writes safetensors: the length of a JSON header, the header, then the tensors' bytes, all little-endian. */
import * as v from 'valibot';
import { describeIssue } from '#core/describe-issue.ts';
import { ResiduaError } from '#core/errors.ts';
import { excerpt } from '#core/excerpt.ts';
import type { NamedArray } from '#model/named-weights.ts';

/** The content of a file. */
export interface Safetensors {
  /** Texts by key, `__metadata__` in the header. */
  readonly metadata: Readonly<Record<string, string>>;
  /** float32, in the order of their bytes. */
  readonly tensors: readonly NamedArray[];
}

const metadataKey = '__metadata__';

/** Bytes of the header's length, a uint64. */
const prefixBytes = 8;
/** The header is padded to a multiple of this, so that the tensors are aligned. */
const alignment = 8;
/** The format's own limit. */
const largestHeaderBytes = 100_000_000;

const count = v.pipe(
  v.number(),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must be at least 0'),
);

const entrySchema = v.strictObject({
  dtype: v.string(),
  shape: v.array(count),
  data_offsets: v.tuple([count, count]),
});

const headerSchema = v.pipe(
  v.custom<object>((value) => !Array.isArray(value), 'must be an object'),
  v.objectWithRest({ [metadataKey]: v.optional(v.record(v.string(), v.string()), {}) }, entrySchema),
);

type Entry = v.InferOutput<typeof entrySchema>;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

const invalid = (problem: string, options?: ErrorOptions): ResiduaError =>
  new ResiduaError('import-invalid', problem, 'Export the file again, or choose another one.', options);

const readHeader = (bytes: Uint8Array, file: string): { readonly text: string; readonly end: number } => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefixBytes) {
    throw invalid(`The file ${file} has ${bytes.length} bytes, too few for a safetensors file.`);
  }
  const length = view.getBigUint64(0, true);
  if (length > largestHeaderBytes || prefixBytes + Number(length) > bytes.length) {
    throw invalid(
      `The file ${file} announces a header of ${length} bytes, but has ${bytes.length} bytes: it is cut off, or no safetensors file.`,
    );
  }
  const end = prefixBytes + Number(length);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(prefixBytes, end));
    return { text, end };
  } catch (error) {
    throw invalid(`The header of ${file} is not text.`, { cause: error });
  }
};

const parseHeader = (text: string, file: string): v.InferOutput<typeof headerSchema> => {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(`The header of ${file} is not JSON: ${reason}.`, { cause: error });
  }
  const result = v.safeParse(headerSchema, header);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw invalid(
    `In the header of ${file}, ${excerpt(v.getDotPath(issue) ?? 'the whole')} ${describeIssue(issue)}.`,
  );
};

/** @throws ResiduaError `import-invalid` for another dtype, or bytes that do not fit the shape */
const checkEntry = (
  name: string,
  { dtype, shape, data_offsets: [start, end] }: Entry,
  file: string,
): void => {
  if (dtype !== 'F32') {
    throw invalid(`The tensor ${excerpt(name)} in ${file} has dtype ${excerpt(dtype)}, expected F32.`);
  }
  const expected = 4 * sizeOf(shape);
  if (end - start !== expected) {
    throw invalid(
      `The tensor ${excerpt(name)} in ${file} has ${end - start} bytes, expected ${expected} by its shape [${shape.join(', ')}].`,
    );
  }
};

/** @throws ResiduaError `import-invalid` if tensors overlap, leave gaps, or do not fill the bytes after the header */
const checkOffsets = (entries: readonly (readonly [string, Entry])[], bytes: number, file: string): void => {
  let position = 0;
  for (const [name, { data_offsets: offsets }] of entries) {
    const [start, end] = offsets;
    if (start !== position) {
      throw invalid(
        `The tensor ${excerpt(name)} in ${file} begins at byte ${start}, expected ${position}: tensors overlap or leave a gap.`,
      );
    }
    position = end;
  }
  if (position !== bytes) {
    throw invalid(
      `The file ${file} has ${bytes} bytes of tensors, expected ${position} by its header: it is cut off or damaged.`,
    );
  }
};

/**
 * Reads a file whose tensors are all float32.
 * @param file its name, for messages
 * @returns new arrays
 * @throws ResiduaError `import-invalid`, naming the tensor, with the found and the expected value
 */
export const readSafetensors = (bytes: Uint8Array, file: string): Safetensors => {
  const { text, end } = readHeader(bytes, file);
  const { [metadataKey]: metadata, ...tensors } = parseHeader(text, file);
  const entries = Object.entries(tensors);
  for (const [name, entry] of entries) checkEntry(name, entry, file);
  entries.sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  checkOffsets(entries, bytes.length - end, file);
  return {
    metadata,
    tensors: entries.map(([name, { shape, data_offsets: offsets }]) => ({
      name,
      shape,
      // A copy, because a view needs an aligned start.
      values: new Float32Array(bytes.slice(end + offsets[0], end + offsets[1]).buffer),
    })),
  };
};

/** Returns the bytes of a file; a new buffer. */
export const writeSafetensors = ({ metadata, tensors }: Safetensors): ArrayBuffer => {
  let position = 0;
  const entries = tensors.map(({ name, shape, values }): [string, Entry] => {
    const start = position;
    position += 4 * values.length;
    return [name, { dtype: 'F32', shape: [...shape], data_offsets: [start, position] }];
  });
  const header = JSON.stringify({ [metadataKey]: metadata, ...Object.fromEntries(entries) });
  const text = new TextEncoder().encode(header);
  const padded = Math.ceil(text.length / alignment) * alignment;
  const file = new Uint8Array(prefixBytes + padded + position).fill(0x20, prefixBytes, prefixBytes + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(text, prefixBytes);
  const values = new Float32Array(file.buffer, prefixBytes + padded);
  let at = 0;
  for (const tensor of tensors) {
    values.set(tensor.values, at);
    at += tensor.values.length;
  }
  return file.buffer;
};
