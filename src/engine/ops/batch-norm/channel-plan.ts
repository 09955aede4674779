/** How a reduction over all rows of [rows, channels] is spread over workgroups. Pure: shapes in, numbers out. */
import type { DeviceClass } from '#core/device.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';

/** Rows of a thread that are reduced by themselves first: few enough to stay in the cache for the second look. */
export const blockRows = 4;

/**
 * GPUs: enough workgroups to fill a large one; more would only lengthen the second pass. CPU devices: SwiftShader takes
 * compile and run time in proportion to the workgroup's memory, and a few workgroups keep all cores busy.
 */
const spreadOn: Readonly<Record<DeviceClass, { readonly threads: number; readonly workgroups: number }>> = {
  gpu: { threads: 256, workgroups: 512 },
  cpu: { threads: 16, workgroups: 64 },
};
const largestTile = 16;
/** Rows below which a second workgroup is not worth a second pass. */
const leastRows = 64;
/** Rows that a thread may take for a second pass to be spared. More would cost digits: each join adds its rounding. */
const leastRowsOfThread = 32;

/**
 * A workgroup has `tile` neighbouring channel vectors, so that loads are contiguous, times `lanes` rows. Each of the
 * `groups` workgroups of a tile reduces `rowsPerGroup` rows; where there are several, a second pass joins them.
 */
export interface ChannelPlan {
  readonly rows: number;
  readonly channels: number;
  /** Threads of a workgroup: tile x lanes. */
  readonly threads: number;
  /** Values a vector: 4 where they divide the channels. */
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
  readonly rowsPerGroup: number;
  readonly groups: number;
}

/**
 * Plans a reduction of [rows, channels] over its rows.
 * @throws RangeError unless both counts are positive whole numbers
 */
export const planChannelReduction = (rows: number, channels: number, device: DeviceClass): ChannelPlan => {
  for (const [name, count] of Object.entries({ rows, channels })) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(
        `A reduction over channels got ${count} ${name}, expected a positive whole number.`,
      );
    }
  }
  const { threads, workgroups } = spreadOn[device];
  const components = vectorComponents(channels);
  const channelVectors = channels / components;
  const tile = Math.min(2 ** Math.ceil(Math.log2(channelVectors)), largestTile);
  const lanes = threads / tile;
  const channelTiles = Math.ceil(channelVectors / tile);
  const pass = lanes * blockRows;
  const mostGroups = Math.max(1, Math.floor(workgroups / channelTiles));
  const least = Math.max(leastRows, leastRowsOfThread * lanes);
  const rowsPerGroup = Math.max(least, Math.ceil(rows / mostGroups / pass) * pass);
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
    rowsPerGroup,
    groups: Math.ceil(rows / rowsPerGroup),
  };
};
