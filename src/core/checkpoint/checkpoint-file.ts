/**
 * A checkpoint as one file, little-endian: a mark, the version, the number of bytes, the length of the JSON header, the header,
 * the arrays, and the CRC-32 of everything before it. Mark, version, number of bytes and checksum have these places in all
 * versions.
 */
import { crc32 } from '../crc32.ts';
import { fromStoredHistory } from '../stored-history.ts';
import { type Checkpoint, invalidCheckpoint } from './checkpoint.ts';
import { type CheckpointHeader, checkpointVersion, headerText, parseHeader } from './checkpoint-header.ts';

/** Name of the file in a folder of results. */
export const checkpointFileName = 'checkpoint.bin';

const mark = 'RESIDUA CHECKPOINT';
const versionAt = mark.length;
const bytesAt = versionAt + 4;
const headerLengthAt = bytesAt + 4;
const headerAt = headerLengthAt + 4;
const checksumBytes = 4;
/** Arrays begin at a multiple of this many bytes, as Float32Array needs. */
const alignment = 4;

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** Second moments follow the first ones, and are averages of squares. */
const negativeMoment = (moments: Float32Array): number | undefined =>
  moments.subarray(moments.length / 2).find((value) => value < 0);

/** Returns the fault of values that no trained run has, in a sentence without its period. */
const valuesFault = (
  weights: Float32Array,
  lastGood: Float32Array,
  moments: Float32Array,
): string | undefined => {
  const parts: readonly (readonly [string, Float32Array])[] = [
    ['weights', weights],
    ['last good weights', lastGood],
    ['moments', moments],
  ];
  const broken = parts.find(([, values]) => !values.every(Number.isFinite));
  if (broken) return `Its ${broken[0]} hold NaN or an infinity`;
  const negative = negativeMoment(moments);
  return negative === undefined ? undefined : `A second moment is ${negative}, but it is at least 0`;
};

/**
 * Returns the bytes of a checkpoint; a new buffer.
 * @throws ResiduaError `non-finite-loss` if the history contains NaN or an infinity, `checkpoint-invalid` if a weight or moment is
 *   not finite: a run cannot go on from them
 */
export const writeCheckpoint = (checkpoint: Checkpoint): ArrayBuffer => {
  const { weights, lastGood, optimizer } = checkpoint.values;
  const fault = valuesFault(weights, lastGood.weights, optimizer.moments);
  if (fault)
    throw invalidCheckpoint(
      `The run at step ${checkpoint.values.step} cannot become a checkpoint. ${fault}.`,
      'Return to an earlier checkpoint, and lower the learning rate.',
    );
  const header = new TextEncoder().encode(headerText(checkpoint));
  const arrays = [
    weights,
    ...(lastGood.weights === weights ? [] : [lastGood.weights]),
    optimizer.moments,
    new Uint8Array(checkpoint.past ?? new ArrayBuffer(0)),
  ];
  const begin = aligned(headerAt + header.length);
  const end = arrays.reduce((sum, { byteLength }) => sum + byteLength, begin);
  const bytes = new Uint8Array(end + checksumBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(mark));
  view.setUint32(versionAt, checkpointVersion, true);
  view.setUint32(bytesAt, bytes.length, true);
  view.setUint32(headerLengthAt, header.length, true);
  bytes.set(header, headerAt);
  let at = begin;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  view.setUint32(end, crc32(bytes.subarray(0, end)), true);
  return bytes.buffer;
};

/** Checks mark, length, checksum and version. */
const checkFrame = (bytes: Uint8Array, view: DataView): void => {
  const begins = new TextDecoder().decode(bytes.subarray(0, mark.length)) === mark;
  if (!begins) throw invalidCheckpoint('These bytes are no checkpoint of Residua.');
  if (bytes.length < headerAt + checksumBytes)
    throw invalidCheckpoint(`The checkpoint is cut off after ${bytes.length} bytes.`);
  const expected = view.getUint32(bytesAt, true);
  if (bytes.length < expected)
    throw invalidCheckpoint(`The checkpoint is cut off after ${bytes.length} of ${expected} bytes.`);
  const end = bytes.length - checksumBytes;
  const checksum = view.getUint32(end, true);
  const found = crc32(bytes.subarray(0, end));
  if (found !== checksum)
    throw invalidCheckpoint(`The checkpoint is damaged: its checksum is ${found}, expected ${checksum}.`);
  const version = view.getUint32(versionAt, true);
  if (version > checkpointVersion)
    throw invalidCheckpoint(
      `A newer version of Residua wrote the checkpoint (version ${version}; this one reads up to ${checkpointVersion}).`,
      'Update Residua: reload its page, or get the latest release.',
    );
  if (version < 1) throw invalidCheckpoint('The checkpoint has version 0, expected at least 1.');
};

const checkpointOf = (
  {
    settingsVersion: _,
    step,
    lastGoodStep,
    optimizerSteps,
    order,
    lengths: __,
    history,
    ...rest
  }: CheckpointHeader,
  [weights, lastGoodWeights, moments]: readonly [Float32Array, Float32Array, Float32Array],
  past: ArrayBuffer | undefined,
): Checkpoint => ({
  ...rest,
  history: fromStoredHistory(history),
  values: {
    step,
    weights,
    lastGood: { step: lastGoodStep, weights: lastGoodWeights },
    optimizer: { steps: optimizerSteps, moments },
    order,
  },
  past,
});

/**
 * Reads a checkpoint of any version up to the current one. Weights and moments are views of the buffer.
 * @throws ResiduaError `checkpoint-invalid` if the bytes are no checkpoint, cut off, damaged or of a newer version
 */
export const readCheckpoint = (buffer: ArrayBuffer): Checkpoint => {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  checkFrame(bytes, view);
  const headerLength = view.getUint32(headerLengthAt, true);
  const begin = aligned(headerAt + headerLength);
  const end = bytes.length - checksumBytes;
  if (begin > end) throw invalidCheckpoint('The header of the checkpoint is longer than the checkpoint.');
  const text = new TextDecoder().decode(bytes.subarray(headerAt, headerAt + headerLength));
  const header = parseHeader(text, view.getUint32(versionAt, true));
  const { lengths } = header;
  const expected = begin + 4 * (lengths.weights + lengths.lastGoodWeights + lengths.moments) + lengths.past;
  if (expected !== end)
    throw invalidCheckpoint(
      `The checkpoint has ${end - begin} bytes of arrays, expected ${expected - begin} by its header.`,
    );
  let at = begin;
  const floats = (length: number): Float32Array => {
    const values = new Float32Array(buffer, at, length);
    at += values.byteLength;
    return values;
  };
  const weights = floats(lengths.weights);
  const lastGood = lengths.lastGoodWeights === 0 ? weights : floats(lengths.lastGoodWeights);
  const moments = floats(lengths.moments);
  const fault = valuesFault(weights, lastGood, moments);
  if (fault) throw invalidCheckpoint(`The checkpoint cannot be resumed. ${fault}.`);
  return checkpointOf(
    header,
    [weights, lastGood, moments],
    lengths.past === 0 ? undefined : buffer.slice(at, at + lengths.past),
  );
};
