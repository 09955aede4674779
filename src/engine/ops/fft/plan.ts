/**
 * Cuts a batched two-dimensional real transform into lines, and lines into threads and workgroups. Pure: shapes and
 * limits in, numbers out.
 *
 * Rows h and h + M/2 of a channel are the real and imaginary part of one complex line of length N. That mixes columns v and
 * N - v, which the column transform separates as it loads them. So the transform has M/2 lines of N and N/2 + 1 lines of M
 * instead of M lines of N and N lines of M, transposes nothing, and needs an intermediate of exactly the images' size.
 */
import { ResiduaError } from '#core/errors.ts';

/** A batch of real matrices in memory: [outer, rows, columns, inner], the inner index fastest. */
export interface ImageShape {
  /** Images of a batch. */
  readonly outer: number;
  /** M. */
  readonly rows: number;
  /** N. */
  readonly columns: number;
  /** Interleaved channels: C of NHWC, or 1. */
  readonly inner: number;
}

/** The workgroups that suit a device. */
export interface WorkgroupLimits {
  /** Invocations to aim at; a single line may need up to 32. */
  readonly invocations: number;
  /** Workgroup memory. A line of 512 needs 4 KiB. */
  readonly storageBytes: number;
  /** `workgroup`: the threads of a line exchange points in workgroup memory. `private`: one thread computes the whole line. */
  readonly exchange: 'workgroup' | 'private';
}

/** One complex line: `threads` threads hold `pointsPerThread` points each, thread t those at t + q * threads. */
export interface LinePlan {
  readonly length: number;
  readonly pointsPerThread: number;
  readonly threads: number;
  /** Passes; their product is the length. */
  readonly radices: readonly number[];
}

/** `none` if one thread holds the whole line in registers. */
export type Exchange = WorkgroupLimits['exchange'] | 'none';

/** Workgroups of row transforms: `channels` x `rowPairs` lines, channels fastest so that accesses are contiguous. */
export interface RowPlan {
  readonly line: LinePlan;
  readonly channels: number;
  readonly rowPairs: number;
  readonly channelBlocks: number;
  readonly groups: number;
  readonly invocations: number;
  readonly exchange: Exchange;
}

/** Workgroups of column transforms: `lines` neighboring (column, channel) lines. */
export interface ColumnPlan {
  readonly line: LinePlan;
  readonly lines: number;
  /** Lines of the whole batch: outer * (N/2 + 1) * inner. */
  readonly lineCount: number;
  readonly groups: number;
  readonly invocations: number;
  readonly exchange: Exchange;
}

const bytesPerPoint = 8;
/** Eight neighboring complex lines are 64 contiguous bytes of each row. */
const mostColumnLines = 8;

const radicesByLength: Readonly<Record<number, readonly number[]>> = {
  8: [8],
  16: [16],
  32: [8, 4],
  64: [8, 8],
  128: [16, 8],
  256: [16, 16],
  512: [16, 16, 2],
};
/** A thread that computes a whole line needs two passes, and so writes and reads its private copy once. */
const privateRadices: Readonly<Record<number, readonly number[]>> = { ...radicesByLength, 512: [32, 16] };

/** Sides that the transform supports. */
export const transformLengths: readonly number[] = Object.keys(radicesByLength).map(Number);

/**
 * Checks the side of a matrix.
 * @throws ResiduaError `internal` if the length is no power of two from 8 to 512.
 */
export const checkLength = (length: number): void => {
  if (transformLengths.includes(length)) return;
  throw new ResiduaError(
    'internal',
    `A Fourier transform was asked for a side of ${length}, expected one of ${transformLengths.join(', ')}.`,
    'Choose a side that is a power of two.',
  );
};

/**
 * Plans one line.
 * @throws ResiduaError `internal` if the length is no power of two from 8 to 512.
 */
export const planLine = (length: number, exchange: WorkgroupLimits['exchange']): LinePlan => {
  checkLength(length);
  const radices = (exchange === 'private' ? privateRadices : radicesByLength)[length];
  const pointsPerThread = exchange === 'private' ? length : Math.max(...radices);
  return { length, pointsPerThread, threads: length / pointsPerThread, radices };
};

const exchangeOf = ({ threads }: LinePlan, { exchange }: WorkgroupLimits): Exchange =>
  exchange === 'workgroup' && threads === 1 ? 'none' : exchange;

const exchangeBytes = (line: LinePlan, limits: WorkgroupLimits): number =>
  exchangeOf(line, limits) === 'workgroup' ? line.length * bytesPerPoint : 0;

const floorPowerOfTwo = (value: number): number => 2 ** Math.floor(Math.log2(value));

/**
 * Plans the row transforms.
 * @throws ResiduaError `internal` if a side is not supported.
 */
export const planRows = (shape: ImageShape, limits: WorkgroupLimits): RowPlan => {
  const line = planLine(shape.columns, limits.exchange);
  const mostLines = Math.max(
    1,
    Math.floor(
      Math.min(
        limits.invocations / line.threads,
        limits.storageBytes / Math.max(1, exchangeBytes(line, limits)),
      ),
    ),
  );
  const channels = Math.min(shape.inner, mostLines);
  const rowPairs = floorPowerOfTwo(mostLines / channels);
  const channelBlocks = Math.ceil(shape.inner / channels);
  return {
    line,
    channels,
    rowPairs,
    channelBlocks,
    groups: Math.ceil((shape.outer * shape.rows) / 2 / rowPairs) * channelBlocks,
    invocations: channels * rowPairs * line.threads,
    exchange: exchangeOf(line, limits),
  };
};

/**
 * Plans the column transforms.
 * @param extraBytesPerInvocation workgroup memory that the kernel needs besides the exchange
 * @throws ResiduaError `internal` if a side is not supported.
 */
export const planColumns = (
  shape: ImageShape,
  limits: WorkgroupLimits,
  extraBytesPerInvocation: number,
): ColumnPlan => {
  const line = planLine(shape.rows, limits.exchange);
  const bytesPerLine = exchangeBytes(line, limits) + extraBytesPerInvocation * line.threads;
  const mostLines = Math.min(
    limits.invocations / line.threads,
    limits.storageBytes / Math.max(1, bytesPerLine),
    line.threads === 1 ? Number.POSITIVE_INFINITY : mostColumnLines,
  );
  const lines = floorPowerOfTwo(Math.max(1, mostLines));
  const lineCount = shape.outer * (shape.columns / 2 + 1) * shape.inner;
  return {
    line,
    lines,
    lineCount,
    groups: Math.ceil(lineCount / lines),
    invocations: lines * line.threads,
    exchange: exchangeOf(line, limits),
  };
};

/** Complex points of the row-transformed intermediate: [outer, rows / 2, columns, inner]. */
export const packedPoints = ({ outer, rows, columns, inner }: ImageShape): number =>
  (outer * rows * columns * inner) / 2;
