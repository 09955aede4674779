/** How batch norm over [rows, channels] is spread over workgroups. Pure: shapes in, numbers out. */
import type { DeviceClass } from '#core/device.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';

/** Rows of a thread that are reduced by themselves first: few enough to stay in the cache for the second look. */
export const blockRows = 4;

interface Spread {
  /** Of a workgroup. */
  readonly threads: number;
  /** Workgroups of a reduction: enough to fill a large GPU, since more would only lengthen the join. */
  readonly workgroups: number;
  /** Values that a thread reduces before another workgroup is worth its part in the join. */
  readonly leastReduced: number;
  /** Values that a thread normalizes: few on a GPU, which needs many workgroups to reach its memory's speed. */
  readonly leastApplied: number;
}

/** SwiftShader takes compile and run time in proportion to a workgroup's memory, and a few workgroups keep all cores busy. */
const spreadOn: Readonly<Record<DeviceClass, Spread>> = {
  gpu: { threads: 256, workgroups: 512, leastReduced: 32, leastApplied: 8 },
  cpu: { threads: 64, workgroups: 64, leastReduced: 64, leastApplied: 64 },
};

/**
 * Values of a channel up to which one workgroup has all of them, and one dispatch does it all. On a GPU a thread then takes
 * up to 16 values three times, some microseconds, which is what the dispatch that is spared would cost; a layer of 16
 * channels has four workgroups then. Beyond that few workgroups would starve a GPU: 16,384 values of 16 channels are 1 MB,
 * which four multiprocessors read several times slower than all of them, and a second dispatch is the cheaper one.
 */
const wholeValues = 4096;
const largestTile = 16;
/** Parts up to which each workgroup joins them all by itself; more are joined once, by a dispatch between. */
const fewParts = 64;

/** Some rows for each workgroup. */
export interface RowGroups {
  readonly rowsPerGroup: number;
  readonly groups: number;
}

/** By how many dispatches: one, two, or three with one that joins the parts for all. */
export type PlanForm = 'whole' | 'parts' | 'joined-parts';

/**
 * A workgroup has `tile` neighboring channel vectors, so that loads are contiguous, times `lanes` rows side by side. In the
 * form `whole` it has all rows of its channels. Else the groups of `reduce` reduce their rows to a part each, which those of
 * `apply` join, each by itself, or after a dispatch that has joined them for all.
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
  /** Lanes that join the others' results first, a power of two near the root of `lanes`; one lane then joins theirs. */
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
 * @param valuesPerRow values of a channel that a row stands for: 4 where a row is a pixel that is enlarged
 * @param form instead of the one that suits the size; tests ask for it
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
