/**
 * Runs as small files, for the pair that comes with the page: rounded weights, and a few past epochs with fewer bits. The form has
 * no version and no migration, because each page ships with its own file.
 */
import type { ResidualStatistics } from '../calibration/residual-statistics.ts';
import { crc32 } from '../crc32.ts';
import type { ExportedRun } from '../exported-run.ts';
import type { PackedEvaluation, PastEpochs } from '../past-epochs/past-epochs.ts';
import { readPastFile, writePastFile } from '../past-epochs/past-file.ts';
import { ByteReader, ByteWriter } from './byte-streams.ts';
import { readPixels, writePixels } from './compact-pixels.ts';
import {
  readLevels,
  type StatisticLevels,
  type StatisticsHeader,
  statisticsOf,
  writeStatistics,
} from './compact-statistics.ts';
import { readWeights, writeWeights } from './compact-weights.ts';
import { RangeDecoder, RangeEncoder } from './range-coder.ts';

/** A kept past evaluation, and its precision. */
export interface CompactEpoch {
  readonly epoch: number;
  /** Levels of a reconstruction's values besides 0, at most 255. */
  readonly levels: number;
}

/** The precision of a compact run. */
export interface CompactChoice {
  /** Steps of a weight in the root mean square of its tensor. */
  readonly weightSteps: number;
  readonly epochs: readonly CompactEpoch[];
}

interface CompactEvaluation {
  readonly epoch: number;
  readonly step: number;
  readonly levels: number;
  readonly statistics: PlainStatistics | null;
}

interface PlainStatistics extends Omit<StatisticsHeader, 'pooledMean' | 'pooledCovariance'> {
  readonly pooledMean: readonly number[];
  readonly pooledCovariance: readonly number[];
}

/** The parts of `model.json` that give the sizes of the weights, and their checksum. */
interface Model {
  readonly weightsManifest: readonly {
    readonly weights: readonly { readonly shape: readonly number[] }[];
  }[];
  readonly userDefinedMetadata: { readonly residua: { readonly weightsCrc32?: number } };
}

interface Header {
  /** Length of the arrays that are not coded. */
  readonly exactBytes: number;
  readonly runs: readonly HeaderOfRun[];
}

interface HeaderOfRun {
  readonly model: Model;
  readonly weightSteps: readonly number[];
  readonly past: Omit<PastEpochs, 'evaluations'> & { readonly evaluations: readonly CompactEvaluation[] };
}

const shapesOf = ({ weightsManifest }: Model): (readonly number[])[] =>
  weightsManifest.flatMap(({ weights }) => weights).map(({ shape }) => shape);

/** The model with the checksum of other weights: an import refuses those of another checksum. */
const withChecksumOf = (model: Model, weights: Float32Array<ArrayBuffer>): Model => {
  const { userDefinedMetadata } = model;
  const residua = { ...userDefinedMetadata.residua, weightsCrc32: crc32(new Uint8Array(weights.buffer)) };
  return { ...model, userDefinedMetadata: { ...userDefinedMetadata, residua } };
};

const plain = ({ settings, images, pooledMean, pooledCovariance }: ResidualStatistics): PlainStatistics => ({
  settings,
  images,
  pooledMean: [...pooledMean],
  pooledCovariance: [...pooledCovariance],
});

/** A past without the epochs that are not kept. */
const compactPast = (
  encoder: RangeEncoder,
  exact: ByteWriter,
  past: PastEpochs,
  epochs: readonly CompactEpoch[],
): HeaderOfRun['past'] => {
  let before: Uint16Array | undefined;
  let levelsBefore: StatisticLevels | undefined;
  const evaluations = epochs.map(({ epoch, levels }): CompactEvaluation => {
    const found = past.evaluations.find((evaluation) => evaluation.epoch === epoch);
    if (!found) throw new RangeError(`The run has no evaluation at epoch ${epoch}.`);
    const { pixels, statistics, step } = found;
    before = writePixels(encoder, exact, pixels, before, { levels, side: past.side });
    if (statistics) levelsBefore = writeStatistics(encoder, exact, statistics, levelsBefore);
    return { epoch, step, levels, statistics: statistics ? plain(statistics) : null };
  });
  const means = past.images.means.map((mean) => Number(mean.toFixed(2)));
  return { ...past, images: { ...past.images, means }, evaluations };
};

/**
 * Returns runs in one array; gzip makes it small.
 * @throws RangeError if a chosen epoch is not among a run's past epochs
 */
export const writeCompactRuns = (
  runs: readonly ExportedRun[],
  { weightSteps, epochs }: CompactChoice,
): Uint8Array => {
  const exact = new ByteWriter();
  const encoder = new RangeEncoder();
  const headers = runs.map(({ modelJson, weights, past }): HeaderOfRun => {
    const model: Model = JSON.parse(modelJson);
    const values = new Float32Array(weights);
    const { steps, rounded } = writeWeights(encoder, exact, values, shapesOf(model), weightSteps);
    if (!past) throw new RangeError('The run has no past epochs.');
    return {
      model: withChecksumOf(model, rounded),
      weightSteps: steps,
      past: compactPast(encoder, exact, readPastFile(past), epochs),
    };
  });
  const arrays = exact.joined();
  const header: Header = { exactBytes: arrays.length, runs: headers };
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const all = new ByteWriter();
  all.add(new Uint8Array(Uint32Array.of(headerBytes.length).buffer));
  for (const bytes of [headerBytes, arrays, encoder.finish()]) all.add(bytes);
  return all.joined();
};

const expandPast = (decoder: RangeDecoder, exact: ByteReader, past: HeaderOfRun['past']): ArrayBuffer => {
  const { side } = past;
  let before: Uint16Array | undefined;
  let levelsBefore: StatisticLevels | undefined;
  const evaluations = past.evaluations.map(({ epoch, step, levels, statistics }): PackedEvaluation => {
    before = readPixels(decoder, exact, past.images.paths.length, before, { levels, side });
    if (!statistics) return { epoch, step, pixels: before, statistics: undefined };
    const header = {
      ...statistics,
      pooledMean: Float64Array.from(statistics.pooledMean),
      pooledCovariance: Float64Array.from(statistics.pooledCovariance),
    };
    levelsBefore = readLevels(decoder, exact, header, side, levelsBefore);
    return { epoch, step, pixels: before, statistics: statisticsOf(levelsBefore, header) };
  });
  return writePastFile({ ...past, evaluations });
};

/**
 * Returns the runs of `writeCompactRuns` as exported runs.
 * @throws RangeError or SyntaxError if the bytes are others
 */
export const readCompactRuns = (bytes: Uint8Array): ExportedRun[] => {
  const reader = new ByteReader(bytes);
  const [headerBytes] = new Uint32Array(reader.take(4).buffer);
  const { exactBytes, runs }: Header = JSON.parse(new TextDecoder().decode(reader.take(headerBytes)));
  const exact = new ByteReader(reader.take(exactBytes));
  const decoder = new RangeDecoder(reader.rest());
  return runs.map(({ model, weightSteps, past }) => ({
    modelJson: JSON.stringify(model),
    weights: readWeights(decoder, exact, shapesOf(model), weightSteps).buffer,
    past: expandPast(decoder, exact, past),
  }));
};
