/**
 * Residual statistics with few bits. Only covariances of the channels within a band are stored, because bands share
 * no frequency; those between bands become 0. Each block is C = L D L^T, so it stays positive definite after rounding.
 */
import { type ResidualStatistics, triangleIndex } from '../calibration/residual-statistics.ts';
import type { ByteReader, ByteWriter } from './byte-streams.ts';
import { codePlanes, coefficientCount, fitPrediction } from './predicted-planes.ts';
import { decodeWith, encodeWith, type RangeDecoder, type RangeEncoder } from './range-coder.ts';

const channels = 3;
/** Steps per octave of a variance in D, and the level of the variance 1. */
const perOctave = 6;
const levelOfOne = 255;
/** Steps per unit of a coefficient in L, and of a mean in standard deviations. */
const perCoefficient = 32;
const perDeviation = 8;
const leastVariance = 2 ** (-levelOfOne / perOctave);

/** The kinds of planes: D, L, and the means; each has one plane for each band. */
const kinds = 3 * channels;

/** The levels of the planes, [bands, S, S] of each kind. */
export type StatisticLevels = readonly Uint8Array[];

/** The planes that are known before a kind: that of the statistics before, and the kind before. */
const knownOf = (own: StatisticLevels, before: StatisticLevels | undefined, kind: number): Uint8Array[] => [
  ...(before ? [before[kind]] : []),
  ...(kind > 0 ? [own[kind - 1]] : []),
];

/** The facts about statistics that are not planes. */
export type StatisticsHeader = Omit<ResidualStatistics, 'mean' | 'covariance'>;

/** Level of the signed value 0. */
const signedZero = 128;

const signed = (value: number): number => signedZero + Math.max(-127, Math.min(127, Math.round(value)));

/** Index of a band's channel among the components. */
const component = (band: number, channel: number, components: number): number =>
  band + (channel * components) / channels;

const levelsOf = ({ mean, covariance }: ResidualStatistics): StatisticLevels => {
  const components = mean.length;
  const area = mean[0].length;
  const bands = components / channels;
  const planes = Array.from({ length: kinds }, () => new Uint8Array(bands * area));
  for (let band = 0; band < bands; band++) {
    const of = (i: number, j: number) =>
      covariance[triangleIndex(component(band, i, components), component(band, j, components))];
    for (let pixel = 0; pixel < area; pixel++) {
      const at = (i: number, j: number): number => of(i, j)[pixel];
      const first = Math.max(leastVariance, at(0, 0));
      const l10 = at(1, 0) / first;
      const l20 = at(2, 0) / first;
      const second = Math.max(leastVariance, at(1, 1) - l10 * l10 * first);
      const l21 = (at(2, 1) - l20 * l10 * first) / second;
      const third = Math.max(leastVariance, at(2, 2) - l20 * l20 * first - l21 * l21 * second);
      const levels = [
        ...[first, second, third].map((variance) =>
          Math.max(0, Math.min(levelOfOne, Math.round(perOctave * Math.log2(variance)) + levelOfOne)),
        ),
        ...[l10, l20, l21].map((value) => signed(perCoefficient * value)),
        ...[0, 1, 2].map((channel) => {
          const deviation = Math.sqrt(Math.max(leastVariance, at(channel, channel)));
          return signed((perDeviation * mean[component(band, channel, components)][pixel]) / deviation);
        }),
      ];
      levels.forEach((level, kind) => {
        planes[kind][band * area + pixel] = level;
      });
    }
  }
  return planes;
};

/**
 * Writes the planes.
 * @param before the levels of the statistics before; undefined for the first
 * @returns the levels
 */
export const writeStatistics = (
  encoder: RangeEncoder,
  exact: ByteWriter,
  statistics: ResidualStatistics,
  before: StatisticLevels | undefined,
): StatisticLevels => {
  const own = levelsOf(statistics);
  const side = Math.sqrt(statistics.mean[0].length);
  const shape = { planes: statistics.mean.length / channels, side };
  own.forEach((plane, kind) => {
    const known = knownOf(own, before, kind);
    const coefficients = fitPrediction(plane, known, shape);
    exact.add(new Uint8Array(coefficients.slice().buffer));
    codePlanes(encodeWith(encoder), plane, known, coefficients, shape);
  });
  return own;
};

/** Reads the levels that `writeStatistics` wrote. */
export const readLevels = (
  decoder: RangeDecoder,
  exact: ByteReader,
  { pooledMean }: StatisticsHeader,
  side: number,
  before: StatisticLevels | undefined,
): StatisticLevels => {
  const planes = pooledMean.length / channels;
  const own: Uint8Array[] = [];
  for (let kind = 0; kind < kinds; kind++) {
    const known = knownOf(own, before, kind);
    const coefficients = new Float32Array(exact.take(4 * coefficientCount(known.length)).buffer);
    const plane = new Uint8Array(planes * side * side);
    codePlanes(decodeWith(decoder), plane, known, coefficients, { planes, side });
    own.push(plane);
  }
  return own;
};

/** Returns the statistics of levels. */
export const statisticsOf = (levels: StatisticLevels, header: StatisticsHeader): ResidualStatistics => {
  const components = header.pooledMean.length;
  const area = (levels[0].length * channels) / components;
  const mean = Array.from({ length: components }, () => new Float32Array(area));
  const covariance = Array.from({ length: triangleIndex(components, 0) }, () => new Float32Array(area));
  for (let band = 0; band < components / channels; band++) {
    for (let pixel = 0; pixel < area; pixel++) {
      const at = band * area + pixel;
      const [first, second, third] = levels
        .slice(0, channels)
        .map((plane) => 2 ** ((plane[at] - levelOfOne) / perOctave));
      const [l10, l20, l21] = levels
        .slice(channels, 2 * channels)
        .map((plane) => (plane[at] - signedZero) / perCoefficient);
      const block = [
        first,
        l10 * first,
        l10 * l10 * first + second,
        l20 * first,
        l20 * l10 * first + l21 * second,
        l20 * l20 * first + l21 * l21 * second + third,
      ];
      for (let i = 0; i < channels; i++) {
        const index = component(band, i, components);
        for (let j = 0; j <= i; j++)
          covariance[triangleIndex(index, component(band, j, components))][pixel] =
            block[triangleIndex(i, j)];
        const deviation = Math.sqrt(block[triangleIndex(i, i)]);
        mean[index][pixel] = ((levels[2 * channels + i][at] - signedZero) / perDeviation) * deviation;
      }
    }
  }
  return { ...header, mean, covariance };
};
