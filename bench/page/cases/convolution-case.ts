/** Convolutions compared with stock tfjs: one layer in three directions, and the geometric mean over all layers. */
import { type BenchRow, benchRow, type DevicePeaks } from '../../bench-row.ts';
import {
  benchConvolution,
  type ConvolutionDirection,
  type ConvolutionLayer,
  type ConvolutionResult,
  convolutionDirections,
  geometricMeanRatio,
  layerName,
  modelConvolutions,
} from '../../conv.ts';
import { type BenchCase, type BenchContext, baselineName } from '../bench-case.ts';

const batch = 4;
const bytesPerValue = 4;

const idOf: Readonly<Record<ConvolutionDirection, string>> = {
  forward: 'conv-forward',
  inputGradient: 'conv-input-grad',
  filterGradient: 'conv-filter-grad',
};

/** Inputs read once and output written once, in any direction: x, filter and y. */
const leastBytes = ({ batch, side, inputChannels, outputChannels, size, stride }: ConvolutionLayer): number =>
  bytesPerValue *
  (batch * side ** 2 * inputChannels +
    size ** 2 * inputChannels * outputChannels +
    batch * (side / stride) ** 2 * outputChannels);

const resultRow = (id: string, result: ConvolutionResult, runs: number, peaks: DevicePeaks): BenchRow =>
  benchRow(
    {
      id,
      ...(result.baselineMs === undefined ? {} : { baseline: baselineName('stock tfjs', runs) }),
      medianMs: result.medianMs,
      baselineMs: result.baselineMs,
      gflops: result.gflops,
      gbs: leastBytes(result.layer) / result.medianMs / 1e6,
    },
    peaks,
  );

/** The layer at which other libraries were measured: 4x32x32x32 -> 32, 3x3. */
export const convolutionCase: BenchCase = {
  ids: convolutionDirections.map((direction) => idOf[direction]),
  run: async ({ settings: { stock }, timing: { samples, leastSampleMs }, peaks }) => {
    const layer = { batch, side: 32, inputChannels: 32, outputChannels: 32, size: 3, stride: 1 } as const;
    const rows: BenchRow[] = [];
    for (const direction of convolutionDirections) {
      const options = { stock, runs: samples, leastRunMs: leastSampleMs };
      rows.push(
        resultRow(idOf[direction], await benchConvolution(layer, direction, options), samples, peaks),
      );
    }
    return rows;
  },
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** One row for the mean, and one for each layer and direction that enters it. */
const measureLayers = async (
  id: string,
  { settings: { stock, layerSide }, timing, peaks }: BenchContext,
): Promise<BenchRow[]> => {
  // Three samples: stock takes a minute and a half per pass over the layers on SwiftShader.
  const runs = Math.min(3, timing.samples);
  const options = { stock, runs, leastRunMs: timing.leastSampleMs / 3 };
  const results: ConvolutionResult[] = [];
  for (const layer of modelConvolutions(layerSide, batch)) {
    for (const direction of convolutionDirections) {
      results.push(await benchConvolution(layer, direction, options));
    }
  }
  const layerRows = results.map((result) =>
    resultRow(`${idOf[result.direction]} ${layerName(result.layer)}`, result, runs, peaks),
  );
  const medianMs = sum(results.map((result) => result.medianMs));
  const mean = benchRow(
    {
      id,
      ...(stock ? { baseline: baselineName('stock tfjs', runs), ratio: geometricMeanRatio(results) } : {}),
      medianMs,
      baselineMs: stock ? sum(results.map(({ baselineMs }) => baselineMs ?? Number.NaN)) : undefined,
      gflops: sum(results.map((result) => result.gflops * result.medianMs)) / medianMs,
      gbs: sum(results.map(({ layer }) => leastBytes(layer))) / medianMs / 1e6,
    },
    peaks,
  );
  return [...layerRows, mean];
};

/** All distinct layers of Table I and the decoder; `ratio` is the geometric mean of the ratios; times are sums. */
export const layersCase = (layerSide: number): BenchCase => {
  const id = `conv-geomean-${layerSide}`;
  return { ids: [id], slow: true, run: (context) => measureLayers(id, context) };
};
