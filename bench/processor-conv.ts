/**
 * The convolutions of a model on one core of the processor: GFLOP/s, and their fraction of the core's peak of
 * multiply-adds. Runs in Node and in a page.
 */

import { type CommandList, type KernelCall, Processor } from '#engine/cpu/processor.ts';
import {
  convolutionCalls,
  convolutionFilterCalls,
  type GatherCalls,
  upsampleConvolutionCalls,
  upsampleConvolutionFilterCalls,
} from '#engine/ops/conv/cpu/convolution-calls.ts';
import {
  type ConvolutionGeometry,
  convolutionGeometry,
  upsampleConvolutionGeometry,
} from '#engine/ops/conv/geometry.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import peakBytes from './multiply-add-peak.assembly.ts?wasm-bytes';
import { median } from './statistics.ts';

const floatBytes = 4;

/** One direction of a convolution of the model. */
export interface ProcessorConvolution {
  readonly name: string;
  readonly direction: 'forward' | 'inputGradient' | 'filterGradient';
  /** Operations per call without Winograd's savings, including taps outside the image; 16 taps with an enlargement. */
  readonly operations: number;
  /** Measured time, including the effect of other load on the machine. */
  readonly medianMs: number;
  /** Equals peakShare x peakGflops. */
  readonly gflops: number;
  /** Fraction of the core's peak at the same moment, because other load on the machine affects both. */
  readonly peakShare: number;
}

export interface ProcessorConvolutionsResult {
  /** Multiply-adds between registers on one core, GFLOP/s: the best sample, which other load affected least. */
  readonly peakGflops: number;
  readonly convolutions: readonly ProcessorConvolution[];
}

export interface ProcessorConvolutionOptions {
  readonly side: number;
  readonly width: number;
  readonly batch: number;
  /** Omits Winograd's algorithms, so that shares refer to plain products; false by default. */
  readonly direct?: boolean;
  /** Number of samples for the median; 9 by default. */
  readonly samples?: number;
  /** Minimum time of a sample; 2 ms by default. */
  readonly leastSampleMs?: number;
}

interface Layer {
  readonly name: string;
  readonly inputShape: readonly [number, number, number, number];
  readonly filterShape: readonly [number, number, number, number];
  readonly stride: number;
  readonly upsample: boolean;
}

/** All convolutions of the autoencoder in order of execution, with repeated shapes. */
const layersOf = ({ side, width, batch }: ProcessorConvolutionOptions): Layer[] => {
  const { encoder, decoder } = autoencoderLayers(side, width);
  const layers: Layer[] = [];
  const add = (
    at: number,
    [input, output]: readonly [number, number],
    size: number,
    stride: number,
    upsample: boolean,
  ) =>
    layers.push({
      name: `${batch}x${at}x${at}x${input} -> ${output}, ${upsample ? 'x2, ' : ''}${size}x${size} / ${stride}`,
      inputShape: [batch, at, at, input],
      filterShape: [size, size, input, output],
      stride,
      upsample,
    });
  let upsample = false;
  for (const layer of [...encoder, ...decoder]) {
    if (layer.kind === 'upsample') {
      upsample = true;
      continue;
    }
    const { inputChannels, outputChannels, inputSide, outputSide } = layer;
    const at = upsample ? inputSide / 2 : inputSide;
    const channels = [inputChannels, outputChannels] as const;
    const stride = layer.kind === 'output' ? 1 : layer.stride;
    add(at, channels, 3, stride, upsample);
    if (layer.kind !== 'output') {
      add(outputSide, [outputChannels, outputChannels], 3, 1, false);
      if (layer.projection) add(at, channels, 1, stride, false);
    }
    upsample = false;
  }
  return layers;
};

/** Allocates values in [-1, 1) at a new address. */
const place = (processor: Processor, length: number): number => {
  const address = processor.heap.allocate(Math.max(1, length) * floatBytes);
  const floats = processor.floatsAt(address, length);
  for (let index = 0; index < length; index++) floats[index] = (((index * 7919) % 4001) - 2000) / 2000;
  return address;
};

interface LayerTensors {
  readonly geometry: ConvolutionGeometry;
  readonly x: number;
  readonly filter: number;
  readonly y: number;
  readonly dx: number;
  readonly dFilter: number;
}

const gather = (
  processor: Processor,
  { temporaryFloats, callsAt }: GatherCalls,
  places: { readonly source: number; readonly filter: number; readonly result: number },
): KernelCall[] => callsAt({ ...places, temporary: place(processor, temporaryFloats) });

/** The calls of all three directions; y serves as dy, whose values do not matter. */
const callsOf = (
  processor: Processor,
  { upsample, direct }: { readonly upsample: boolean; readonly direct: boolean },
  { geometry, x, filter, y, dx, dFilter }: LayerTensors,
): Record<ProcessorConvolution['direction'], KernelCall[]> => {
  const [calls, filterCalls] = upsample
    ? [upsampleConvolutionCalls, upsampleConvolutionFilterCalls]
    : [convolutionCalls, convolutionFilterCalls];
  const { temporaryFloats, callsAt } = filterCalls(geometry, { direct });
  return {
    forward: gather(processor, calls(geometry, 'forward', { direct }), { source: x, filter, result: y }),
    inputGradient: gather(processor, calls(geometry, 'input-gradient', { direct }), {
      source: y,
      filter,
      result: dx,
    }),
    filterGradient: callsAt({ x, dy: y, result: dFilter, temporary: place(processor, temporaryFloats) }),
  };
};

interface Candidate {
  readonly operations: number;
  readonly run: () => void;
}

/** Milliseconds of one call. */
const sampleMs = ({ run }: Candidate, calls: number): number => {
  const start = performance.now();
  for (let index = 0; index < calls; index++) run();
  return (performance.now() - start) / calls;
};

const callsPerSample = (candidate: Candidate, leastSampleMs: number): number => {
  let calls = 1;
  while (sampleMs(candidate, calls) * calls < leastSampleMs) calls *= 2;
  return calls;
};

const peakTurns = 20_000;
const peakChains = 12;
const lanes = 4;

const peakCandidate = (processor: Processor): Candidate => {
  const operands = place(processor, (2 + peakChains) * lanes);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(peakBytes), {
    env: { memory: processor.memory },
  });
  const multiplyAdd = exports['multiplyAdd'] as (turns: number, operands: number) => void;
  return {
    operations: 2 * lanes * peakChains * peakTurns,
    run: () => multiplyAdd(peakTurns, operands),
  };
};

/** Measures every convolution of a model in its three directions, alternating with the core's peak. */
export const benchProcessorConvolutions = (
  options: ProcessorConvolutionOptions,
): ProcessorConvolutionsResult => {
  const { direct = false, samples = 9, leastSampleMs = 2 } = options;
  const processor = new Processor();
  const peak = peakCandidate(processor);
  const peakCalls = callsPerSample(peak, leastSampleMs);
  const peakTimes: number[] = [];
  const candidates = layersOf(options).flatMap(({ name, inputShape, filterShape, stride, upsample }) => {
    const geometry = upsample
      ? upsampleConvolutionGeometry(inputShape, filterShape)
      : convolutionGeometry(inputShape, filterShape, stride);
    const { batch, rows, columns, outputRows, outputColumns, outputChannels, inputChannels } = geometry;
    const large = batch * rows * columns * inputChannels;
    const small = batch * outputRows * outputColumns * outputChannels;
    const filterLength = filterShape.reduce((product, size) => product * size);
    const tensors = {
      geometry,
      x: place(processor, upsample ? small : large),
      filter: place(processor, filterLength),
      y: place(processor, upsample ? large : small),
      dx: place(processor, upsample ? small : large),
      dFilter: place(processor, filterLength),
    };
    const taps = geometry.kernelRows * geometry.kernelColumns;
    const operations = 2 * batch * outputRows * outputColumns * taps * inputChannels * outputChannels;
    const calls = callsOf(processor, { upsample, direct }, tensors);
    return (['forward', 'inputGradient', 'filterGradient'] as const).map((direction) => {
      const list: CommandList = processor.writeList(calls[direction]);
      const run = () => processor.runList(list);
      return { name, direction, operations, run, times: [] as number[], shares: [] as number[] };
    });
  });
  for (const candidate of candidates) {
    const calls = callsPerSample(candidate, leastSampleMs);
    for (let sample = 0; sample < samples; sample++) {
      const timeMs = sampleMs(candidate, calls);
      const peakMs = sampleMs(peak, peakCalls);
      candidate.times.push(timeMs);
      candidate.shares.push((candidate.operations / timeMs / peak.operations) * peakMs);
      peakTimes.push(peakMs);
    }
  }
  const peakGflops = peak.operations / Math.min(...peakTimes) / 1e6;
  const convolutions = candidates.map(({ name, direction, operations, times, shares }) => {
    const peakShare = median(shares);
    return {
      name,
      direction,
      operations,
      medianMs: median(times),
      gflops: peakShare * peakGflops,
      peakShare,
    };
  });
  return { peakGflops, convolutions };
};
