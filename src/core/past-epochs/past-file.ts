/** Past epochs as one file, `past.bin`: a mark, the length of a JSON header, the header, and the arrays. Little-endian. */
import * as v from 'valibot';
import type { ResidualStatistics } from '../calibration/residual-statistics.ts';
import { describeIssue } from '../describe-issue.ts';
import { ResiduaError } from '../errors.ts';
import { excerpt } from '../excerpt.ts';
import type { PackedEvaluation, PastEpochs } from './past-epochs.ts';

/** Name of the file beside `model.json` and `weights.bin`. */
export const pastFileName = 'past.bin';

const mark = 'RESIDUA PAST';
/** Version of the file. A newer page reads all older ones. */
const fileVersion = 1;
/** The mark, and the header's length as uint32. */
const prefixBytes = mark.length + 4;
/** Arrays begin at multiples of this many bytes, as Float32Array needs. */
const alignment = 4;

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(finite, v.integer(), v.minValue(0));

const statisticsSchema = v.strictObject({
  settings: v.strictObject({
    bandLow: finite,
    bandHigh: finite,
    calibrationBands: v.picklist(['on', 'off']),
  }),
  images: v.pipe(count, v.minValue(1)),
  pooledMean: v.pipe(v.array(finite), v.minLength(1)),
  pooledCovariance: v.array(finite),
});

const headerSchema = v.strictObject({
  side: v.pipe(count, v.minValue(1)),
  run: v.string(),
  paths: v.array(v.string()),
  means: v.array(finite),
  evaluations: v.array(
    v.strictObject({ epoch: count, step: count, statistics: v.nullable(statisticsSchema) }),
  ),
});

type Header = v.InferOutput<typeof headerSchema>;
type HeaderOfStatistics = v.InferOutput<typeof statisticsSchema>;

const invalid = (problem: string): ResiduaError =>
  new ResiduaError('import-invalid', problem, 'Import the model without this file.');

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** Number of planes of d means and d (d + 1) / 2 covariances. */
const planeCount = (components: number): number => components + (components * (components + 1)) / 2;

const headerOf = ({ side, images, run, evaluations }: PastEpochs): Header => ({
  side,
  run,
  paths: [...images.paths],
  means: images.means.map((mean) => Number(mean.toFixed(3))),
  evaluations: evaluations.map(({ epoch, step, statistics }) => ({
    epoch,
    step,
    statistics: statistics
      ? {
          settings: { ...statistics.settings },
          images: statistics.images,
          pooledMean: Array.from(statistics.pooledMean),
          pooledCovariance: Array.from(statistics.pooledCovariance),
        }
      : null,
  })),
});

/** Bytes of one evaluation's arrays, with padding. */
const arrayBytes = (side: number, images: number, components: number): number =>
  aligned(2 * images * side * side * 3) + 4 * planeCount(components) * side * side;

/** Returns the bytes of the file; a new buffer. */
export const writePastFile = (past: PastEpochs): ArrayBuffer => {
  const header = new TextEncoder().encode(JSON.stringify({ version: fileVersion, ...headerOf(past) }));
  const begin = aligned(prefixBytes + header.length);
  const sizes = past.evaluations.map(({ statistics }) =>
    arrayBytes(past.side, past.images.paths.length, statistics?.mean.length ?? 0),
  );
  const buffer = new ArrayBuffer(sizes.reduce((sum, size) => sum + size, begin));
  const bytes = new Uint8Array(buffer);
  bytes.set(new TextEncoder().encode(mark));
  new DataView(buffer).setUint32(mark.length, header.length, true);
  bytes.set(header, prefixBytes);
  let at = begin;
  for (const { pixels, statistics } of past.evaluations) {
    new Uint16Array(buffer, at, pixels.length).set(pixels);
    at += aligned(pixels.byteLength);
    for (const plane of statistics ? [...statistics.mean, ...statistics.covariance] : []) {
      new Float32Array(buffer, at, plane.length).set(plane);
      at += 4 * plane.length;
    }
  }
  return buffer;
};

const parseHeader = (text: string): Header => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(`The header of ${pastFileName} is damaged.`);
  }
  const { version, ...rest } = Object(value) as { readonly version?: unknown };
  if (version !== fileVersion)
    throw invalid(
      `The file ${pastFileName} has version ${excerpt(JSON.stringify(version) ?? 'none')}, expected ${fileVersion}.`,
    );
  const result = v.safeParse(headerSchema, rest);
  if (!result.success) {
    const [issue] = result.issues;
    throw invalid(
      `In the file ${pastFileName}, ${v.getDotPath(issue) ?? 'the header'} ${describeIssue(issue)}.`,
    );
  }
  const { paths, means, evaluations } = result.output;
  if (paths.length !== means.length)
    throw invalid(`The file ${pastFileName} has ${paths.length} images, but ${means.length} means.`);
  for (const { step, statistics } of evaluations) {
    const components = statistics?.pooledMean.length ?? 0;
    const expected = planeCount(components) - components;
    const found = statistics?.pooledCovariance.length ?? 0;
    if (found !== expected)
      throw invalid(
        `The file ${pastFileName} has ${found} covariances at step ${step}, expected ${expected}.`,
      );
  }
  if (evaluations.some(({ step }, i) => i > 0 && step <= evaluations[i - 1].step))
    throw invalid(`The evaluations in ${pastFileName} are not in the order of their steps.`);
  return result.output;
};

const readStatistics = (
  { settings, images, pooledMean, pooledCovariance }: HeaderOfStatistics,
  planes: readonly Float32Array[],
): ResidualStatistics => ({
  settings,
  images,
  mean: planes.slice(0, pooledMean.length),
  covariance: planes.slice(pooledMean.length),
  pooledMean: Float64Array.from(pooledMean),
  pooledCovariance: Float64Array.from(pooledCovariance),
});

/**
 * Reads the file. The arrays are views of the buffer.
 * @throws ResiduaError `import-invalid` if it is another file, of a newer version, damaged or cut off
 */
export const readPastFile = (buffer: ArrayBuffer): PastEpochs => {
  const text = new TextDecoder();
  const isPast =
    buffer.byteLength >= prefixBytes && text.decode(new Uint8Array(buffer, 0, mark.length)) === mark;
  if (!isPast) throw invalid(`The file ${pastFileName} has no past epochs of Residua.`);
  const headerBytes = new DataView(buffer).getUint32(mark.length, true);
  if (prefixBytes + headerBytes > buffer.byteLength) throw invalid(`The file ${pastFileName} is cut off.`);
  const { side, run, paths, means, evaluations } = parseHeader(
    text.decode(new Uint8Array(buffer, prefixBytes, headerBytes)),
  );
  const area = side * side;
  const values = paths.length * area * 3;
  let at = aligned(prefixBytes + headerBytes);
  const expected = evaluations.reduce(
    (sum, { statistics }) => sum + arrayBytes(side, paths.length, statistics?.pooledMean.length ?? 0),
    at,
  );
  if (buffer.byteLength !== expected)
    throw invalid(
      `The file ${pastFileName} has ${buffer.byteLength} bytes, expected ${expected} by its header: it is cut off or damaged.`,
    );
  const packed = evaluations.map(({ epoch, step, statistics }): PackedEvaluation => {
    const pixels = new Uint16Array(buffer, at, values);
    at += aligned(pixels.byteLength);
    const planes = Array.from({ length: planeCount(statistics?.pooledMean.length ?? 0) }, (_, plane) => {
      return new Float32Array(buffer, at + 4 * area * plane, area);
    });
    at += 4 * area * planes.length;
    const finitePlanes = planes.every((plane) => plane.every(Number.isFinite));
    if (!finitePlanes) throw invalid(`The file ${pastFileName} holds NaN or an infinity at step ${step}.`);
    return { epoch, step, pixels, statistics: statistics ? readStatistics(statistics, planes) : undefined };
  });
  return { side, images: { paths, means }, run, evaluations: packed };
};
