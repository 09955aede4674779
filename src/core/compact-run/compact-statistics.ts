/**
 * Residual statistics in a ninth of their size. Only covariances of the channels within a band are stored, because bands share
 * no frequency; those between bands become 0. Each block is C = L D L^T, so it stays positive definite after rounding.
 */
import { type ResidualStatistics, triangleIndex } from '../calibration/residual-statistics.ts';
import type { ByteReader, ByteWriter } from './byte-streams.ts';

const channels = 3;
/** Steps per octave of a variance in D, and the level of the variance 1. */
const perOctave = 6;
const levelOfOne = 255;
/** Steps per unit of a coefficient in L, and of a mean in standard deviations. */
const perCoefficient = 32;
const perDeviation = 8;
const leastVariance = 2 ** (-levelOfOne / perOctave);

/** Bytes of each pixel of a band: D, L, and the means. */
const bytesPerBand = 3 * channels;

/** The facts about statistics that are not planes. */
export type StatisticsHeader = Omit<ResidualStatistics, 'mean' | 'covariance'>;

const signed = (value: number): number => Math.max(-127, Math.min(127, Math.round(value)));

/** Index of a band's channel among the components. */
const component = (band: number, channel: number, components: number): number =>
  band + (channel * components) / channels;

/** Writes the planes. */
export const writeStatistics = (writer: ByteWriter, { mean, covariance }: ResidualStatistics): void => {
  const components = mean.length;
  for (let band = 0; band < components / channels; band++) {
    const of = (i: number, j: number) =>
      covariance[triangleIndex(component(band, i, components), component(band, j, components))];
    const planes = Array.from({ length: bytesPerBand }, () => new Uint8Array(mean[0].length));
    planes[0].forEach((_, pixel) => {
      const at = (i: number, j: number): number => of(i, j)[pixel];
      const first = Math.max(leastVariance, at(0, 0));
      const l10 = at(1, 0) / first;
      const l20 = at(2, 0) / first;
      const second = Math.max(leastVariance, at(1, 1) - l10 * l10 * first);
      const l21 = (at(2, 1) - l20 * l10 * first) / second;
      const third = Math.max(leastVariance, at(2, 2) - l20 * l20 * first - l21 * l21 * second);
      const levels = [
        ...[first, second, third].map((variance) =>
          Math.min(levelOfOne, Math.round(perOctave * Math.log2(variance)) + levelOfOne),
        ),
        ...[l10, l20, l21].map((value) => signed(perCoefficient * value)),
        ...[0, 1, 2].map((channel) => {
          const deviation = Math.sqrt(Math.max(leastVariance, at(channel, channel)));
          return signed((perDeviation * mean[component(band, channel, components)][pixel]) / deviation);
        }),
      ];
      levels.forEach((level, plane) => {
        planes[plane][pixel] = level;
      });
    });
    for (const plane of planes) writer.add(plane);
  }
};

/** Reads the planes. */
export const readStatistics = (
  reader: ByteReader,
  header: StatisticsHeader,
  area: number,
): ResidualStatistics => {
  const components = header.pooledMean.length;
  const mean = Array.from({ length: components }, () => new Float32Array(area));
  const covariance = Array.from({ length: triangleIndex(components, 0) }, () => new Float32Array(area));
  for (let band = 0; band < components / channels; band++) {
    const bytes = Array.from({ length: bytesPerBand }, () => reader.take(area));
    const signedBytes = bytes.slice(channels).map((plane) => Int8Array.from(plane));
    for (let pixel = 0; pixel < area; pixel++) {
      const [first, second, third] = bytes
        .slice(0, channels)
        .map((plane) => 2 ** ((plane[pixel] - levelOfOne) / perOctave));
      const [l10, l20, l21] = signedBytes.slice(0, channels).map((plane) => plane[pixel] / perCoefficient);
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
        mean[index][pixel] = (signedBytes[channels + i][pixel] / perDeviation) * deviation;
      }
    }
  }
  return { ...header, mean, covariance };
};
