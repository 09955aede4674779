/** How a reduction over all rows of [rows, channels] is spread over workgroups. Pure: shapes in, numbers out. */

/** Rows of a thread that are reduced by themselves first: few enough to stay in the cache for the second look. */
export const blockRows = 4;

const workgroupThreads = 256;
/** Enough workgroups to fill a large GPU; more would only lengthen the second pass. */
const targetWorkgroups = 512;
const largestTile = 16;

/**
 * A workgroup has `tile` neighbouring channel vectors, so that loads are contiguous, times `lanes` rows. Each of the
 * `groups` workgroups of a tile reduces `rowsPerGroup` rows; where there are several, a second pass joins them.
 */
export interface ChannelPlan {
  readonly rows: number;
  readonly channels: number;
  /** Values a vector: 4 where they divide the channels. */
  readonly components: 1 | 4;
  /** Channels / components. */
  readonly channelVectors: number;
  /** Channel vectors of a workgroup, a power of two. */
  readonly tile: number;
  /** Rows that a workgroup handles side by side, a power of two; tile x lanes is the workgroup's size. */
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
export const planChannelReduction = (rows: number, channels: number): ChannelPlan => {
  for (const [name, count] of Object.entries({ rows, channels })) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(
        `A reduction over channels got ${count} ${name}, expected a positive whole number.`,
      );
    }
  }
  const components = channels % 4 === 0 ? 4 : 1;
  const channelVectors = channels / components;
  const tile = Math.min(2 ** Math.ceil(Math.log2(channelVectors)), largestTile);
  const lanes = workgroupThreads / tile;
  const channelTiles = Math.ceil(channelVectors / tile);
  const pass = lanes * blockRows;
  const mostGroups = Math.max(1, Math.floor(targetWorkgroups / channelTiles));
  const rowsPerGroup = Math.ceil(rows / mostGroups / pass) * pass;
  return {
    rows,
    channels,
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
