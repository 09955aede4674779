/**
 * One complex line transformed by a few threads: Stockham's autosort passes in registers, joined by exchanges through
 * workgroup memory. 5 L log2 L operations a line; memory is touched once to load and once to store.
 */
import { type Direction, emitButterfly } from './butterfly-wgsl.ts';
import type { LinePlan } from './plan.ts';
import type { WgslBlock } from './wgsl-block.ts';

/** Where the threads of a line meet. */
export interface LineExchange {
  /** WGSL lvalue of the point of a line at an index expression: different for different lines and indices. */
  readonly at: (index: string) => string;
  /** WGSL put after the first barrier of the next transform, and after its second; may hold no barrier. */
  readonly afterFirstBarrier?: string;
  readonly afterSecondBarrier?: string;
}

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
 * @param exchangeIsFresh true where nothing in the shader has used the exchange before
 * @returns names of the transformed values, in the same order; unnormalised in both directions
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
  const swizzled = (index: string) =>
    exchange.at(`${index} ^ ((${index} >> ${Math.log2(pointsPerThread)}u) & ${pointsPerThread - 1})`);
  let current = values;
  let done = 1;
  radices.forEach((radix, pass) => {
    const butterflies = pointsPerThread / radix;
    const last = pass === radices.length - 1;
    if (!last && (pass > 0 || !exchangeIsFresh)) {
      block.add('workgroupBarrier();');
      if (pass === 0 && exchange.afterFirstBarrier) block.add(exchange.afterFirstBarrier);
    }
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
        block.add(`${swizzled(index)} = ${value};`);
      });
    }
    if (!last) {
      block.add('workgroupBarrier();');
      if (pass === 0 && exchange.afterSecondBarrier) block.add(exchange.afterSecondBarrier);
      for (let q = 0; q < pointsPerThread; q++) {
        const index = q === 0 ? 't' : block.bind(`t + ${q * threads}`);
        next[q] = block.bind(swizzled(index));
      }
    }
    current = next;
    done *= radix;
  });
  return current;
};
