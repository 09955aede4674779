/**
 * Transforms one complex line with a few threads: Stockham's autosort passes in registers, joined by exchanges through
 * workgroup memory. 5 L log2 L operations per line; one load and one store per point.
 */

import type { LinePlan } from '../plan.ts';
import { type Direction, emitButterfly } from './butterfly-wgsl.ts';
import type { WgslBlock } from './wgsl-block.ts';

/** The memory through which the threads of a line exchange points. */
export interface LineExchange {
  /** WGSL statement that stores a point of the line at an index expression, and expression that loads it. */
  readonly store: (index: string, value: string) => string;
  readonly load: (index: string) => string;
  /** WGSL put after the first barrier of a transform, and after its second; may use workgroup memory, no barrier. */
  readonly afterBarriers?: readonly [string, string];
}

/**
 * Emits the loads of some points of a line: value q is point `first + q * step`.
 * @param first name of an i32
 * @returns `count` names of vec2f
 */
export type PointLoads = (block: WgslBlock, first: string, step: number, count: number) => readonly string[];

/** Emits the stores of some points: value q is point `first + q * step`. */
export type PointStores = (block: WgslBlock, first: string, step: number, values: readonly string[]) => void;

/** Emits new values of some points: value q is point `first + q * step`. */
export type PointValues = (
  block: WgslBlock,
  first: string,
  step: number,
  values: readonly string[],
) => readonly string[];

/** WGSL functions and bindings that the emitted lines use; `twiddles` must be an input of the program. */
export const lineFunctions = /* wgsl */ `
  fn timesTwiddle(value : vec2f, twiddle : vec2f) -> vec2f {
    return vec2f(value.x * twiddle.x - value.y * twiddle.y, value.x * twiddle.y + value.y * twiddle.x);
  }
  fn timesConjugate(value : vec2f, twiddle : vec2f) -> vec2f {
    return vec2f(value.x * twiddle.x + value.y * twiddle.y, value.y * twiddle.x - value.x * twiddle.y);
  }`;

/**
 * Emits the transform of a line.
 * @param values `pointsPerThread` names: value q is point `t + q * threads`, `t : i32` being the thread in its line
 * @param exchangeIsFresh whether nothing in the shader has used the exchange before
 * @returns names of the transformed values, in the same order; unnormalized in both directions
 */
export const emitLine = (
  block: WgslBlock,
  plan: LinePlan,
  values: readonly string[],
  direction: Direction,
  exchange: LineExchange,
  exchangeIsFresh: boolean,
): readonly string[] => {
  const { length, pointsPerThread, threads, radices } = plan;
  const product = direction === 'forward' ? 'timesTwiddle' : 'timesConjugate';
  // Spreads the strided writes of a pass over the banks of workgroup memory.
  const place = (index: string) =>
    `(${index} ^ ((${index} >> ${Math.log2(pointsPerThread)}u) & ${pointsPerThread - 1}))`;
  const addBarrier = (hook: string | undefined) => {
    block.add('workgroupBarrier();');
    if (hook) block.add(hook);
  };
  let current = values;
  let done = 1;
  radices.forEach((radix, pass) => {
    const butterflies = pointsPerThread / radix;
    const last = pass === radices.length - 1;
    const hooks = pass === 0 ? exchange.afterBarriers : undefined;
    if (!last && (pass > 0 || !exchangeIsFresh)) addBarrier(hooks?.[0]);
    const stores: string[] = [];
    const next = new Array<string>(pointsPerThread);
    for (let m = 0; m < butterflies; m++) {
      let inputs = Array.from({ length: radix }, (_, k) => current[m + k * butterflies]);
      const position = m === 0 ? 't' : block.bind(`t + ${m * threads}`);
      if (done > 1) {
        const step = length / (done * radix);
        const phase = block.bind(`(${position} & ${done - 1}) * ${step}`);
        inputs = inputs.map((value, k) =>
          k === 0
            ? value
            : block.bind(`${product}(${value}, twiddles[${k === 1 ? phase : `${k} * ${phase}`}])`),
        );
      }
      const outputs = emitButterfly(block, inputs, direction);
      if (last) {
        outputs.forEach((value, k) => {
          next[m + k * butterflies] = value;
        });
        continue;
      }
      const start =
        done === 1
          ? block.bind(`${position} * ${radix}`)
          : block.bind(`(${position} / ${done}) * ${done * radix} + (${position} & ${done - 1})`);
      outputs.forEach((value, k) => {
        const index = k === 0 ? start : block.bind(`${start} + ${k * done}`);
        stores.push(exchange.store(place(index), value));
      });
    }
    if (!last) {
      block.add(stores.join('\n'));
      addBarrier(hooks?.[1]);
      for (let q = 0; q < pointsPerThread; q++) {
        const index = q === 0 ? 't' : block.bind(`t + ${q * threads}`);
        next[q] = block.bind(exchange.load(place(index)));
      }
    }
    current = next;
    done *= radix;
  });
  return current;
};
