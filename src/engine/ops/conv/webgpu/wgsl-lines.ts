/** Pieces of WGSL that the convolution's generators share. */

/** One line per number from 0 to count - 1. */
export const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Component `index` of a value of `components`. */
export const component = (value: string, index: number, components: number): string =>
  components === 1 ? value : `${value}.${'xyzw'[index]}`;

/** WGSL's type of a value of this many components. */
export const typeOf = (components: 1 | 4): string => (components === 4 ? 'vec4<f32>' : 'f32');
