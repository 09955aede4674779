/** The kernel calls of batch norm on the processor. Pure: shapes and addresses in, calls out. */
import * as kernels from '../../cpu/kernel-numbers.ts';
import { floatWord, type KernelCall } from '../../cpu/processor.ts';
import { planRowChunks, type RowChunks } from './row-chunks.ts';

/** Rows and channels, and batch norm's attributes. */
export interface BatchNormCase {
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
  readonly relu: boolean;
}

/** Number of channels per chunk of the join. */
const channelsPerJoin = 64;

/** Bytes of the partial results between the calls: two float64 per channel and chunk. */
export const partialBytes = ({ rows, channels }: BatchNormCase): number =>
  planRowChunks(rows, channels).chunks * channels * 16;

const cutWords = ({ rows, channels, repeat, rowsPerChunk }: RowChunks): number[] => [
  rows,
  channels,
  repeat,
  rowsPerChunk,
];

/**
 * Mean and biased variance of each channel.
 * @param at addresses: x, moments [2, channels], and room for `partialBytes`
 */
export const momentsCalls = (
  given: BatchNormCase,
  at: Readonly<Record<'x' | 'moments' | 'partials', number>>,
): KernelCall[] => {
  const plan = planRowChunks(given.rows, given.channels);
  return [
    { kernel: kernels.channelMoments, words: [at.x, at.partials, ...cutWords(plan)], chunks: plan.chunks },
    {
      kernel: kernels.joinMoments,
      words: [
        at.partials,
        at.moments,
        plan.rows,
        plan.channels,
        plan.rowsPerChunk,
        plan.chunks,
        channelsPerJoin,
      ],
      chunks: Math.ceil(plan.channels / channelsPerJoin),
    },
  ];
};

/** Normalizes x by given moments. */
export const normalizeCall = (
  given: BatchNormCase,
  at: Readonly<Record<'x' | 'affine' | 'moments' | 'y', number>>,
): KernelCall => {
  const plan = planRowChunks(given.rows, given.channels);
  return {
    kernel: kernels.normalize,
    words: [
      at.x,
      at.affine,
      at.moments,
      at.y,
      ...cutWords(plan),
      floatWord(given.epsilon),
      Number(given.relu),
    ],
    chunks: plan.chunks,
  };
};

/** The gradients, in x and affine, of batch norm with batch statistics. */
export const gradientCalls = (
  given: BatchNormCase,
  at: Readonly<Record<'x' | 'dy' | 'affine' | 'moments' | 'dx' | 'daffine' | 'partials', number>>,
): KernelCall[] => {
  const plan = planRowChunks(given.rows, given.channels);
  const wordsFor = (result: number) => [
    at.x,
    at.dy,
    at.affine,
    at.moments,
    at.daffine,
    result,
    ...cutWords(plan),
    floatWord(given.epsilon),
    Number(given.relu),
  ];
  return [
    { kernel: kernels.batchNormGradientSums, words: wordsFor(at.partials), chunks: plan.chunks },
    {
      kernel: kernels.joinGradientSums,
      words: [
        at.partials,
        at.moments,
        at.daffine,
        plan.channels,
        plan.chunks,
        floatWord(given.epsilon),
        channelsPerJoin,
      ],
      chunks: Math.ceil(plan.channels / channelsPerJoin),
    },
    { kernel: kernels.batchNormInputGradient, words: wordsFor(at.dx), chunks: plan.chunks },
  ];
};

/** Statistics and the moments that update them, each float32 [2, channels]. */
export interface MergePair {
  readonly target: number;
  readonly moments: number;
  readonly channels: number;
  /** Factor by which the new variance is multiplied. */
  readonly varianceFactor: number;
}

/**
 * Moves statistics toward moments, in place.
 * @param numbers address of two float32: the share of the new moments, and the factor for the squared
 *   distance of the means
 * @param onlyFinite whether moments of a channel that are not finite leave its statistics as they are
 */
export const mergeCall = (numbers: number, pairs: readonly MergePair[], onlyFinite: boolean): KernelCall => ({
  kernel: kernels.mergeMoments,
  words: [
    numbers,
    Number(onlyFinite),
    ...pairs.flatMap(({ target, moments, channels, varianceFactor }) => [
      target,
      moments,
      channels,
      floatWord(varianceFactor),
    ]),
  ],
  chunks: pairs.length,
});
