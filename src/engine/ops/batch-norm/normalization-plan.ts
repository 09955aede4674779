/** Distributes batch norm of [rows, channels] over workgroups. Pure: shapes in, numbers out. */
import type { DeviceClass } from '#core/device.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';

/** Rows that a thread reduces together first: few enough to stay in the cache for the second pass. */
export const blockRows = 4;

interface Spread {
  /** Threads per workgroup. */
  readonly threads: number;
  /** Workgroups of a reduction: enough to fill a large GPU, since more would only lengthen the join. */
  readonly workgroups: number;
  /** The fewest values per thread for which another workgroup is worth its part in the join. */
  readonly leastReduced: number;
  /**
   * The fewest values that a thread normalizes: few on a GPU, which needs many workgroups to reach its
   * memory's speed.
   */
  readonly leastApplied: number;
}

/**
 * SwiftShader's compile and run time grow in proportion to a workgroup's memory. A few workgroups keep all
 * its cores busy.
 */
const spreadOn: Readonly<Record<DeviceClass, Spread>> = {
  gpu: { threads: 256, workgroups: 512, leastReduced: 32, leastApplied: 8 },
  cpu: { threads: 64, workgroups: 64, leastReduced: 64, leastApplied: 64 },
};

/**
 * Up to this many values per channel, one workgroup processes all values of a channel, and a single dispatch
 * suffices. On a GPU, a thread then reads up to 16 values three times. That takes some microseconds, as much
 * as the saved dispatch would; a layer of 16 channels then has four workgroups. With more values, so few
 * workgroups would starve a GPU: 16,384 values of 16 channels are 1 MB, which four multiprocessors read
 * several times slower than all of them, and a second dispatch is cheaper.
 */
const wholeValues = 4096;
const largestTile = 16;
/**
 * Up to this many parts, each workgroup joins all of them itself. More are joined only once, by a dispatch in
 * between.
 */
const fewParts = 64;

/** Rows, divided into one group per workgroup. */
export interface RowGroups {
  readonly rowsPerGroup: number;
  readonly groups: number;
}

/**
 * Determines the number of dispatches: one, two, or three, where the second joins the parts for all
 * workgroups.
 */
export type PlanForm = 'whole' | 'parts' | 'joined-parts';

/**
 * A workgroup processes `tile` neighboring channel vectors, so that loads are contiguous, in `lanes` rows at
 * a time. In the form `whole`, it processes all rows of its channels. Otherwise each group of `reduce`
 * reduces its rows to one part. Each group of `apply` then joins all parts itself, or uses the result of a
 * dispatch that joined them for all groups.
 */
export interface NormalizationPlan {
  readonly rows: number;
  readonly channels: number;
  /** Threads of a workgroup: tile x lanes. */
  readonly threads: number;
  /** Values per vector: 4 if the channels are a multiple of 4. */
  readonly components: 1 | 4;
  /** Channels / components. */
  readonly channelVectors: number;
  /** Channel vectors of a workgroup, a power of two. */
  readonly tile: number;
  /** Rows that a workgroup handles side by side, a power of two. */
  readonly lanes: number;
  /**
   * Number of lanes that first join the results of all lanes: a power of two near sqrt(`lanes`). One lane
   * then joins theirs.
   */
  readonly joints: number;
  readonly channelTiles: number;
  readonly form: PlanForm;
  readonly reduce: RowGroups;
  readonly apply: RowGroups;
}

const groupRows = (rows: number, rowsPerGroup: number): RowGroups => ({
  rowsPerGroup,
  groups: Math.ceil(rows / rowsPerGroup),
});

/**
 * Plans batch norm of [rows, channels].
 * @param valuesPerRow values per channel that a row represents: 4 if a row is a pixel that is enlarged
 * @param form replaces the form that suits the size, for tests
 * @throws RangeError unless rows and channels are positive whole numbers
 */
export const planNormalization = (
  rows: number,
  channels: number,
  device: DeviceClass,
  { valuesPerRow = 1, form }: { readonly valuesPerRow?: 1 | 4; readonly form?: PlanForm | undefined } = {},
): NormalizationPlan => {
  for (const [name, count] of Object.entries({ rows, channels })) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`Batch norm got ${count} ${name}, expected a positive whole number.`);
    }
  }
  const { threads, workgroups, leastReduced, leastApplied } = spreadOn[device];
  const components = vectorComponents(channels);
  const channelVectors = channels / components;
  const whole = form ? form === 'whole' : rows * valuesPerRow <= wholeValues;
  const tile = whole ? 1 : Math.min(2 ** Math.ceil(Math.log2(channelVectors)), largestTile);
  const lanes = threads / tile;
  const channelTiles = Math.ceil(channelVectors / tile);
  const pass = lanes * blockRows;
  const mostGroups = Math.max(1, Math.floor(workgroups / channelTiles));
  const rowsOf = (values: number): number => (lanes * values) / valuesPerRow;
  const reduced = Math.max(rowsOf(leastReduced), Math.ceil(rows / mostGroups / pass) * pass);
  const reduce = groupRows(rows, whole ? rows : reduced);
  return {
    rows,
    channels,
    threads,
    components,
    channelVectors,
    tile,
    lanes,
    joints: 2 ** Math.floor(Math.log2(lanes) / 2),
    channelTiles,
    form: form ?? (whole ? 'whole' : reduce.groups <= fewParts ? 'parts' : 'joined-parts'),
    reduce,
    apply: groupRows(rows, whole ? rows : rowsOf(leastApplied)),
  };
};
