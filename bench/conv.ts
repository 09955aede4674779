/** Convolution, ours beside stock tfjs: time, GFLOP/s and ratios. Runs in a page where tfjs's WebGPU backend is active. */
import * as tf from '@tensorflow/tfjs-core';
import { webgpuBackend } from '#gpu/backend.ts';
import { type ConvolutionAttributes, convolutionKernels } from '#gpu/conv/convolution.ts';
import { autoencoderLayers } from '#model/architecture.ts';

/** One convolution of the model. */
export interface ConvolutionLayer {
  readonly batch: number;
  readonly side: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly size: 1 | 3;
  readonly stride: 1 | 2;
}

export const convolutionDirections = ['forward', 'inputGradient', 'filterGradient'] as const;
export type ConvolutionDirection = (typeof convolutionDirections)[number];

/** Medians of one direction of one layer. */
export interface ConvolutionResult {
  readonly layer: ConvolutionLayer;
  readonly direction: ConvolutionDirection;
  readonly medianMs: number;
  /** Stock tfjs; undefined where it was not asked for. */
  readonly baselineMs: number | undefined;
  /** baselineMs / medianMs. */
  readonly ratio: number | undefined;
  readonly gflops: number;
}

export interface BenchOptions {
  /** Runs of which the median is taken; 5 by default. */
  readonly runs?: number;
  /** Least time of a run: a readback, which Firefox grants every 100 ms only, ends each. 300 ms by default. */
  readonly leastRunMs?: number;
  /** Whether stock tfjs is measured too; true by default. */
  readonly stock?: boolean;
}

/** Every distinct convolution of the autoencoder, decoder included, in order of execution. */
export const modelConvolutions = (side: number, batch: number): ConvolutionLayer[] => {
  const { encoder, decoder } = autoencoderLayers(side, 1);
  const found = new Map<string, ConvolutionLayer>();
  const add = (layer: ConvolutionLayer): void => {
    found.set(JSON.stringify(layer), layer);
  };
  for (const layer of [...encoder, ...decoder]) {
    const { inputChannels, outputChannels, inputSide, outputSide } = layer;
    const common = { batch, side: inputSide, inputChannels, outputChannels };
    if (layer.kind === 'output') add({ ...common, size: 3, stride: 1 });
    if (layer.kind !== 'residual-block') continue;
    add({ ...common, size: 3, stride: layer.stride });
    add({ batch, side: outputSide, inputChannels: outputChannels, outputChannels, size: 3, stride: 1 });
    if (layer.projection) add({ ...common, size: 1, stride: layer.stride });
  }
  return [...found.values()];
};

/** Short name: `4x32x32x32 -> 32, 3x3 / 1`. */
export const layerName = ({
  batch,
  side,
  inputChannels,
  outputChannels,
  size,
  stride,
}: ConvolutionLayer): string =>
  `${batch}x${side}x${side}x${inputChannels} -> ${outputChannels}, ${size}x${size} / ${stride}`;

/** Products of a layer, taps outside the image counted, each two operations. */
const operations = ({ batch, side, inputChannels, outputChannels, size, stride }: ConvolutionLayer): number =>
  2 * batch * (side / stride) ** 2 * size ** 2 * inputChannels * outputChannels;

/** Waits until the device has done all that was recorded. */
const finish = async (last: tf.Tensor): Promise<void> => {
  const probe = tf.tidy(() => tf.slice(tf.reshape(last, [-1]), [0], [1]));
  await probe.data();
  probe.dispose();
};

/**
 * Milliseconds of one call of each: medians over runs, each of as many calls as fill `leastRunMs`. The runs of the
 * different calls alternate, so that other load on the machine meets all of them alike.
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

/** Measures one direction of one layer. */
export const benchConvolution = async (
  layer: ConvolutionLayer,
  direction: ConvolutionDirection,
  options: BenchOptions = {},
): Promise<ConvolutionResult> => {
  const { batch, side, inputChannels, outputChannels, size, stride } = layer;
  const inputShape: [number, number, number, number] = [batch, side, side, inputChannels];
  const filterShape: [number, number, number, number] = [size, size, inputChannels, outputChannels];
  const tensors = {
    x: tf.randomUniform(inputShape, -1, 1, 'float32', 1),
    filter: tf.randomUniform(filterShape, -1, 1, 'float32', 2),
    dy: tf.randomUniform([batch, side / stride, side / stride, outputChannels], -1, 1, 'float32', 3),
  };
  const { x, filter, dy } = tensors;
  const inputs = { forward: { x, filter }, inputGradient: { dy, filter }, filterGradient: { x, dy } }[
    direction
  ];
  const attributes: ConvolutionAttributes = { stride, inputShape, filterShape };
  const ours = (): tf.Tensor => tf.engine().runKernel(convolutionKernels[direction], inputs, attributes);

  const stockName = {
    forward: 'Conv2D',
    inputGradient: 'Conv2DBackpropInput',
    filterGradient: 'Conv2DBackpropFilter',
  };
  const stockAttributes = {
    strides: stride,
    pad: (size - 1) / 2,
    dataFormat: 'NHWC',
    dilations: 1,
    dimRoundingMode: 'floor',
    inputShape,
    filterShape,
  };
  const stock = (): tf.Tensor => tf.engine().runKernel(stockName[direction], inputs, stockAttributes);

  const candidates = (options.stock ?? true) ? [ours, stock] : [ours];
  const [median, baseline] = (await mediansMs(candidates, options)) as [number, number | undefined];
  for (const tensor of Object.values(tensors)) tensor.dispose();
  return {
    layer,
    direction,
    medianMs: median,
    baselineMs: baseline,
    ratio: baseline === undefined ? undefined : baseline / median,
    gflops: operations(layer) / median / 1e6,
  };
};

/** GFLOP/s of fused multiply-adds between registers: what no kernel can pass on this device. */
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
