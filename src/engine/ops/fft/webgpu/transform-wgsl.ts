/** A line's loads, transform and stores, with as many threads as the plan assigns. */

import type { Exchange, LinePlan } from '../plan.ts';
import type { Direction } from './butterfly-wgsl.ts';
import { emitLine, type LineExchange, type PointLoads, type PointStores } from './line-wgsl.ts';
import { emitSerialLine } from './serial-line-wgsl.ts';
import type { WgslBlock } from './wgsl-block.ts';

/**
 * Emits loads, transform and stores of one line, unnormalized in both directions. In the shader `t : i32` is the thread in
 * its line.
 * @param workgroupExchange the memory that the threads of a line share; unused before
 */
export const emitTransform = (
  block: WgslBlock,
  { line, exchange }: { readonly line: LinePlan; readonly exchange: Exchange },
  direction: Direction,
  workgroupExchange: LineExchange,
  load: PointLoads,
  store: PointStores,
): void => {
  if (exchange === 'private') {
    emitSerialLine(block, line, direction, load, store);
    return;
  }
  const values = load(block, 't', line.threads, line.pointsPerThread);
  store(block, 't', line.threads, emitLine(block, line, values, direction, workgroupExchange, true));
};
