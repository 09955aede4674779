/** The benches as rows of one table: what each kernel costs, beside its baseline. */
import {
  benchConvolution,
  type ConvolutionDirection,
  type ConvolutionLayer,
  convolutionDirections,
  layerName,
  modelConvolutions,
} from '../conv.ts';
import { benchFft } from '../fft.ts';

/** One kernel on one device. */
export interface BenchRow {
  readonly id: string;
  /** What it is compared with; undefined where there is nothing. */
  readonly baseline: string | undefined;
  readonly medianMs: number;
  readonly baselineMs: number | undefined;
  /** baselineMs / medianMs: above 1 is faster than the baseline. */
  readonly ratio: number | undefined;
  readonly gflops: number | undefined;
  /** Least traffic (inputs read once, outputs written once) per second, in GB/s. */
  readonly gbs: number | undefined;
}

/** A bench that is run by itself, so that progress can be shown. */
export interface BenchCase {
  readonly name: string;
  readonly run: () => Promise<readonly BenchRow[]>;
}

export interface BenchSettings {
  readonly side: number;
  readonly batch: number;
  /** Whether stock tfjs is measured too: it takes most of the time. */
  readonly stock: boolean;
}

const bytesPerValue = 4;
const callsPerSample = 64;

const fftRows = async ({ side, batch }: BenchSettings): Promise<readonly BenchRow[]> => {
  const timings = await benchFft(side, batch, callsPerSample);
  const medianOf = (id: string): number | undefined => timings.find((timing) => timing.id === id)?.medianMs;
  const baselineMs = medianOf('tfjs-fft2d');
  const planes = 3 * batch;
  const pixels = side * side;
  // A real transform of N values: 2.5 N log2 N operations, by the usual count; N values in, N / 2 + side complex out.
  const operations = planes * 2.5 * pixels * Math.log2(pixels);
  const bytes = planes * bytesPerValue * (pixels + 2 * side * (side / 2 + 1));
  return timings
    .filter(({ id }) => id !== 'tfjs-fft2d')
    .map(({ id, medianMs }) => {
      const transform = id === 'rfft2d';
      return {
        id: `${id} ${batch}x${side}x${side}x3`,
        baseline: transform ? 'tfjs fft2d' : undefined,
        medianMs,
        baselineMs: transform ? baselineMs : undefined,
        ratio: transform && baselineMs !== undefined ? baselineMs / medianMs : undefined,
        gflops: transform ? operations / medianMs / 1e6 : undefined,
        gbs: transform ? bytes / medianMs / 1e6 : undefined,
      };
    });
};

const convolutionBytes = ({
  batch,
  side,
  inputChannels,
  outputChannels,
  size,
  stride,
}: ConvolutionLayer): number =>
  bytesPerValue *
  (batch * side ** 2 * inputChannels +
    size ** 2 * inputChannels * outputChannels +
    batch * (side / stride) ** 2 * outputChannels);

const convolutionRow = async (
  layer: ConvolutionLayer,
  direction: ConvolutionDirection,
  stock: boolean,
): Promise<BenchRow> => {
  const { medianMs, baselineMs, ratio, gflops } = await benchConvolution(layer, direction, {
    stock,
    runs: 3,
  });
  return {
    id: `${direction} ${layerName(layer)}`,
    baseline: stock ? 'tfjs' : undefined,
    medianMs,
    baselineMs,
    ratio,
    gflops,
    gbs: convolutionBytes(layer) / medianMs / 1e6,
  };
};

/** All benches at one size of the model's input. */
export const benchCases = (settings: BenchSettings): readonly BenchCase[] => [
  { name: 'fft', run: () => fftRows(settings) },
  ...modelConvolutions(settings.side, settings.batch).flatMap((layer) =>
    convolutionDirections.map((direction) => ({
      name: `conv ${direction} ${layerName(layer)}`,
      run: async () => [await convolutionRow(layer, direction, settings.stock)],
    })),
  ),
];
