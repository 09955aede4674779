/** Runs as small files, for the pair that comes with the page: rounded weights, and a few past epochs with fewer bits. */
import type { ResidualStatistics } from '../calibration/residual-statistics.ts';
import type { ExportedRun } from '../exported-run.ts';
import type { PackedEvaluation, PastEpochs } from '../past-epochs/past-epochs.ts';
import { readPastFile, writePastFile } from '../past-epochs/past-file.ts';
import { ByteReader, ByteWriter } from './byte-streams.ts';
import { packChange, unpackChange } from './compact-pixels.ts';
import { readStatistics, type StatisticsHeader, writeStatistics } from './compact-statistics.ts';
import { readWeights, writeWeights } from './compact-weights.ts';

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

/** The part of `model.json` that gives the sizes of the weights. */
interface Model {
  readonly weightsManifest: readonly {
    readonly weights: readonly { readonly shape: readonly number[] }[];
  }[];
}

interface Header {
  readonly model: Model;
  readonly weightSteps: readonly number[];
  readonly past: Omit<PastEpochs, 'evaluations'> & { readonly evaluations: readonly CompactEvaluation[] };
}

const sizesOf = ({ weightsManifest }: Model): number[] =>
  weightsManifest
    .flatMap(({ weights }) => weights)
    .map(({ shape }) => shape.reduce((product, length) => product * length, 1));

const plain = ({ settings, images, pooledMean, pooledCovariance }: ResidualStatistics): PlainStatistics => ({
  settings,
  images,
  pooledMean: [...pooledMean],
  pooledCovariance: [...pooledCovariance],
});

/** A past without the epochs that are not kept. */
const compactPast = (
  writer: ByteWriter,
  past: PastEpochs,
  epochs: readonly CompactEpoch[],
): Header['past'] => {
  let before: Uint16Array | undefined;
  const evaluations = epochs.map(({ epoch, levels }): CompactEvaluation => {
    const found = past.evaluations.find((evaluation) => evaluation.epoch === epoch);
    if (!found) throw new RangeError(`The run has no evaluation at epoch ${epoch}.`);
    const { pixels, statistics, step } = found;
    const bytes = packChange(pixels, before, levels, past.side);
    writer.add(bytes);
    before = unpackChange(bytes, before, levels, past.side);
    if (statistics) writeStatistics(writer, statistics);
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
  const writer = new ByteWriter();
  const headers = runs.map(({ modelJson, weights, past }): Header => {
    const model: Model = JSON.parse(modelJson);
    const steps = writeWeights(writer, new Float32Array(weights), sizesOf(model), weightSteps);
    if (!past) throw new RangeError('The run has no past epochs.');
    return { model, weightSteps: steps, past: compactPast(writer, readPastFile(past), epochs) };
  });
  const header = new TextEncoder().encode(JSON.stringify(headers));
  const all = new ByteWriter();
  all.add(new Uint8Array(Uint32Array.of(header.length).buffer));
  all.add(header);
  all.add(writer.joined());
  return all.joined();
};

const expandPast = (reader: ByteReader, past: Header['past']): ArrayBuffer => {
  const area = past.side * past.side;
  let before: Uint16Array | undefined;
  const evaluations = past.evaluations.map(({ epoch, step, levels, statistics }): PackedEvaluation => {
    const bytes = reader.take(past.images.paths.length * area * 3);
    const pixels = unpackChange(bytes, before, levels, past.side);
    before = pixels;
    const read =
      statistics &&
      readStatistics(
        reader,
        {
          ...statistics,
          pooledMean: Float64Array.from(statistics.pooledMean),
          pooledCovariance: Float64Array.from(statistics.pooledCovariance),
        },
        area,
      );
    return { epoch, step, pixels, statistics: read ?? undefined };
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
  const headers: readonly Header[] = JSON.parse(new TextDecoder().decode(reader.take(headerBytes)));
  return headers.map(({ model, weightSteps, past }) => ({
    modelJson: JSON.stringify(model),
    weights: readWeights(reader, sizesOf(model), weightSteps).buffer,
    past: expandPast(reader, past),
  }));
};
