/** Small discrete Fourier transforms in registers: the butterflies of long transforms. */
import type { WgslBlock } from './wgsl-block.ts';

/** Sign of the exponent: `forward` is exp(-2 pi i ...), as Eq. 2. */
export type Direction = 'forward' | 'inverse';

/** `value` times exp(-+2 pi i numerator / denominator), a constant of the shader. */
const rotated = (
  block: WgslBlock,
  value: string,
  numerator: number,
  denominator: number,
  direction: Direction,
): string => {
  const eighths = (8 * numerator) / denominator;
  if (eighths === 0) return value;
  const angle = ((direction === 'forward' ? -2 : 2) * Math.PI * numerator) / denominator;
  if (eighths === 2) {
    return block.bind(
      direction === 'forward' ? `vec2f(${value}.y, -${value}.x)` : `vec2f(-${value}.y, ${value}.x)`,
    );
  }
  if (eighths === 4) return block.bind(`-${value}`);
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return block.bind(
    `vec2f(${value}.x * ${cosine} - ${value}.y * ${sine}, ${value}.x * ${sine} + ${value}.y * ${cosine})`,
  );
};

/** The first radix of a power of two: 4 if it divides, which needs the fewest multiplications. */
const firstFactor = (count: number): number => (count === 8 ? 2 : 4);

/**
 * Transforms values held in registers: Cooley-Tukey down to 2 and 4, with every factor a constant.
 * @param values names of 2, 4, 8, 16 or 32 `vec2f` values, in natural order
 * @returns names of the transformed values, in natural order, unnormalized
 */
export const emitButterfly = (
  block: WgslBlock,
  values: readonly string[],
  direction: Direction,
): readonly string[] => {
  const count = values.length;
  if (count === 1) return values;
  if (count === 2) {
    const [a, b] = values;
    return [block.bind(`${a} + ${b}`), block.bind(`${a} - ${b}`)];
  }
  if (count === 4) {
    const [even, oddSum] = [
      emitButterfly(block, [values[0], values[2]], direction),
      emitButterfly(block, [values[1], values[3]], direction),
    ];
    const turned = rotated(block, oddSum[1], 1, 4, direction);
    const [low0, low2] = emitButterfly(block, [even[0], oddSum[0]], direction);
    const [low1, low3] = emitButterfly(block, [even[1], turned], direction);
    return [low0, low1, low2, low3];
  }
  const first = firstFactor(count);
  const second = count / first;
  const inner = Array.from({ length: second }, (_, j) =>
    emitButterfly(
      block,
      Array.from({ length: first }, (_, i) => values[j + second * i]),
      direction,
    ).map((value, k) => rotated(block, value, j * k, count, direction)),
  );
  const result = new Array<string>(count);
  for (let k = 0; k < first; k++) {
    emitButterfly(
      block,
      inner.map((column) => column[k]),
      direction,
    ).forEach((value, i) => {
      result[k + first * i] = value;
    });
  }
  return result;
};
