/** Convolutions, ours compared with stock tfjs: time, GFLOP/s and ratios. Runs in a page with an active WebGPU backend. */
import * as tf from '@tensorflow/tfjs-core';
import { type ConvolutionAttributes, convolutionKernels } from '#engine/ops/conv/convolution.ts';
import {
  type UpsampleConvolutionAttributes,
  upsampleConvolutionKernels,
} from '#engine/ops/conv/upsample-convolution.ts';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { autoencoderLayers } from '#model/architecture.ts';

/** One convolution of the model. */
export interface ConvolutionLayer {
  readonly batch: number;
  /** Side of the input, before the enlargement if there is one. */
  readonly side: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly size: 1 | 3;
  readonly stride: 1 | 2;
  /** Whether the input is enlarged by 2 first; false by default. */
  readonly upsample?: boolean;
}

export const convolutionDirections = ['forward', 'inputGradient', 'filterGradient'] as const;
export type ConvolutionDirection = (typeof convolutionDirections)[number];

/** Medians of one direction of one layer. */
export interface ConvolutionResult {
  readonly layer: ConvolutionLayer;
  readonly direction: ConvolutionDirection;
  readonly medianMs: number;
  /** Stock tfjs; undefined if not requested. */
  readonly baselineMs: number | undefined;
  /** baselineMs / medianMs. */
  readonly ratio: number | undefined;
  readonly gflops: number;
}

export interface BenchOptions {
  /** Number of runs for the median; 5 by default. */
  readonly runs?: number;
  /** Minimum time of a run, which ends with a readback; Firefox serves readbacks only every 100 ms. 300 ms by default. */
  readonly leastRunMs?: number;
  /** Whether stock tfjs is also measured; true by default. */
  readonly stock?: boolean;
}

/** Every distinct convolution of the autoencoder, including the decoder, in order of execution. */
export const modelConvolutions = (side: number, batch: number): ConvolutionLayer[] => {
  const { encoder, decoder } = autoencoderLayers(side, 1);
  const found = new Map<string, ConvolutionLayer>();
  const add = (layer: ConvolutionLayer): void => {
    found.set(JSON.stringify(layer), layer);
  };
  let upsample = false;
  for (const layer of [...encoder, ...decoder]) {
    const { inputChannels, outputChannels, inputSide, outputSide } = layer;
    if (layer.kind === 'upsample') {
      upsample = true;
      continue;
    }
    // The shortcut also stays on the small image.
    const side = upsample ? inputSide / 2 : inputSide;
    const common = { batch, side, inputChannels, outputChannels };
    const first = upsample ? { ...common, upsample } : common;
    if (layer.kind === 'output') {
      add({ ...first, size: 3, stride: 1 });
    } else {
      add({ ...first, size: 3, stride: layer.stride });
      add({ batch, side: outputSide, inputChannels: outputChannels, outputChannels, size: 3, stride: 1 });
      if (layer.projection) add({ ...common, size: 1, stride: layer.stride });
    }
    upsample = false;
  }
  return [...found.values()];
};

/** Short name: `4x32x32x32 -> 32, 3x3 / 1`, with `x2` before the filter's size if the input is enlarged. */
export const layerName = (layer: ConvolutionLayer): string => {
  const { batch, side, inputChannels, outputChannels, size, stride, upsample } = layer;
  const enlarged = upsample ? 'x2, ' : '';
  return `${batch}x${side}x${side}x${inputChannels} -> ${outputChannels}, ${enlarged}${size}x${size} / ${stride}`;
};

/**
 * Multiply-adds of a layer as two operations each, including taps outside the image. With the enlargement folded in, 16 taps
 * per pixel of the small image instead of 36.
 */
const operations = (layer: ConvolutionLayer): number => {
  const { batch, side, inputChannels, outputChannels, size, stride, upsample } = layer;
  const taps = upsample ? 16 : size ** 2;
  return 2 * batch * (side / stride) ** 2 * taps * inputChannels * outputChannels;
};

/** Waits until the device has finished all recorded commands. */
const finish = async (last: tf.Tensor): Promise<void> => {
  const probe = tf.tidy(() => tf.slice(tf.reshape(last, [-1]), [0], [1]));
  await probe.data();
  probe.dispose();
};

/**
 * Milliseconds of one call of each candidate: the median over runs of as many calls as fill `leastRunMs`. Runs of the
 * candidates alternate, so that other load on the machine affects all of them equally.
 */
const mediansMs = async (
  candidates: readonly (() => tf.Tensor)[],
  { runs = 5, leastRunMs = 300 }: BenchOptions,
): Promise<number[]> => {
  const time = async (call: () => tf.Tensor, calls: number): Promise<number> => {
    const start = performance.now();
    for (let index = 1; index < calls; index++) call().dispose();
    const last = call();
    await finish(last);
    last.dispose();
    return performance.now() - start;
  };
  const measured: { call: () => tf.Tensor; calls: number; times: number[] }[] = [];
  for (const call of candidates) {
    await time(call, 1);
    let calls = 1;
    let elapsed = await time(call, calls);
    while (elapsed < leastRunMs && calls < 1 << 16) {
      calls = Math.ceil(calls * Math.min(8, Math.max(1.5, (1.2 * leastRunMs) / elapsed)));
      elapsed = await time(call, calls);
    }
    measured.push({ call, calls, times: [] });
  }
  for (let run = 0; run < runs; run++) {
    for (const { call, calls, times } of measured) times.push((await time(call, calls)) / calls);
  }
  return measured.map(({ times }) => times.sort((a, b) => a - b)[runs >> 1]!);
};

interface LayerTensors {
  readonly x: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly dy: tf.Tensor4D;
}

/** Our kernel. */
const ourCall = (
  { stride, upsample }: ConvolutionLayer,
  direction: ConvolutionDirection,
  { x, filter, dy }: LayerTensors,
): (() => tf.Tensor) => {
  const inputs = { forward: { x, filter }, inputGradient: { dy, filter }, filterGradient: { x, dy } }[
    direction
  ];
  const shapes: UpsampleConvolutionAttributes = { inputShape: x.shape, filterShape: filter.shape };
  if (upsample) return () => tf.engine().runKernel(upsampleConvolutionKernels[direction], inputs, shapes);
  const attributes: ConvolutionAttributes = { ...shapes, stride };
  return () => tf.engine().runKernel(convolutionKernels[direction], inputs, attributes);
};

/**
 * tfjs's kernels for the same layer. There the enlarged input is a tensor, which the forward pass creates and the filter
 * gradient reuses.
 */
const stockCall = (
  { side, size, stride, upsample }: ConvolutionLayer,
  direction: ConvolutionDirection,
  { x, filter, dy }: LayerTensors,
): { readonly call: () => tf.Tensor; readonly dispose: () => void } => {
  const enlarge = (): tf.Tensor4D => tf.image.resizeNearestNeighbor(x, [2 * side, 2 * side]);
  const enlarged = upsample ? enlarge() : x;
  const attributes = {
    strides: stride,
    pad: (size - 1) / 2,
    dataFormat: 'NHWC',
    dilations: 1,
    dimRoundingMode: 'floor',
    inputShape: enlarged.shape,
    filterShape: filter.shape,
  };
  const run = (name: string, inputs: tf.NamedTensorMap): tf.Tensor =>
    tf.engine().runKernel(name, inputs, attributes);
  const calls: Record<ConvolutionDirection, () => tf.Tensor> = {
    forward: () => tf.tidy(() => run('Conv2D', { x: upsample ? enlarge() : x, filter })),
    inputGradient: () =>
      tf.tidy(() => {
        const gradient = run('Conv2DBackpropInput', { dy, filter });
        if (!upsample) return gradient;
        const resize = { alignCorners: false, halfPixelCenters: false };
        return tf.engine().runKernel('ResizeNearestNeighborGrad', { images: x, dy: gradient }, resize);
      }),
    filterGradient: () => run('Conv2DBackpropFilter', { x: enlarged, dy }),
  };
  return {
    call: calls[direction],
    dispose: () => {
      if (upsample) enlarged.dispose();
    },
  };
};

/** Measures one direction of one layer. */
export const benchConvolution = async (
  layer: ConvolutionLayer,
  direction: ConvolutionDirection,
  options: BenchOptions = {},
): Promise<ConvolutionResult> => {
  const { batch, side, inputChannels, outputChannels, size, stride, upsample } = layer;
  const outputSide = upsample ? 2 * side : side / stride;
  const tensors: LayerTensors = {
    x: tf.randomUniform([batch, side, side, inputChannels], -1, 1, 'float32', 1),
    filter: tf.randomUniform([size, size, inputChannels, outputChannels], -1, 1, 'float32', 2),
    dy: tf.randomUniform([batch, outputSide, outputSide, outputChannels], -1, 1, 'float32', 3),
  };
  const ours = ourCall(layer, direction, tensors);
  const stock = stockCall(layer, direction, tensors);
  const candidates = (options.stock ?? true) ? [ours, stock.call] : [ours];
  const [median, baseline] = (await mediansMs(candidates, options)) as [number, number | undefined];
  stock.dispose();
  tf.dispose([tensors.x, tensors.filter, tensors.dy]);
  return {
    layer,
    direction,
    medianMs: median,
    baselineMs: baseline,
    ratio: baseline === undefined ? undefined : baseline / median,
    gflops: operations(layer) / median / 1e6,
  };
};

/** GFLOP/s of fused multiply-adds between registers, the upper limit of any kernel on this device. */
export const benchFmaPeak = async (options: BenchOptions = {}): Promise<number> => {
  const threads = 1 << 12;
  const rounds = 256;
  const chains = 8;
  const each = (line: (index: number) => string): string =>
    Array.from({ length: chains }, (_, i) => line(i)).join('\n');
  const seed = tf.tensor1d([0.999, 0.001, 0, 0]);
  const call = (): tf.Tensor => {
    const info = webgpuBackend().runWebGPUProgram(
      {
        shaderKey: `residua-bench-fma-${chains}`,
        outputShape: [threads * 4],
        outputComponent: 4,
        variableNames: ['seed'],
        variableComponents: [1],
        uniforms: 'rounds : i32, ',
        workgroupSize: [64, 1, 1],
        dispatchLayout: { x: [0] },
        dispatch: [threads / 64, 1, 1],
        getUserCode: () => /* wgsl */ `
          fn main(index : i32) {
            let factor = vec4<f32>(seed[0]);
            let term = vec4<f32>(seed[1]);
            ${each((i) => `var a${i} = vec4<f32>(f32(index + ${i}));`)}
            for (var round = 0; round < uniforms.rounds; round++) {
              ${each((i) => `a${i} = fma(a${i}, factor, term);`).repeat(4)}
            }
            result[index] = ${Array.from({ length: chains }, (_, i) => `a${i}`).join(' + ')};
          }`,
      },
      [seed],
      'float32',
      [{ type: 'int32', data: [rounds] }],
    );
    return tf.engine().makeTensorFromTensorInfo(info);
  };
  const [median] = (await mediansMs([call], options)) as [number];
  seed.dispose();
  return (2 * 4 * chains * 4 * rounds * threads) / median / 1e6;
};

/** The geometric mean of the ratios against stock. */
export const geometricMeanRatio = (results: readonly ConvolutionResult[]): number =>
  Math.exp(results.reduce((sum, { ratio }) => sum + Math.log(ratio ?? Number.NaN), 0) / results.length);
