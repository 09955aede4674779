/** Exchanges the channel dimensions of a filter. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { vectorComponents } from '../../elementwise/vector-components.ts';
import { runConvolutionProgram } from './program.ts';
import { component, lines } from './wgsl-lines.ts';

const workgroupThreads = 64;

/**
 * @param filter float32 [rows, columns, a, b]
 * @returns float32 [rows, columns, b, a]; the caller owns it
 */
export const turnFilter = (backend: WebGPUBackend, filter: TensorInfo): TensorInfo => {
  const [rows, columns, a, b] = filter.shape as [number, number, number, number];
  const components = vectorComponents(a, b);
  const blocks = (rows * columns * a * b) / components ** 2;
  const flat = runConvolutionProgram(
    backend,
    {
      key: `convolution-turn-filter-${components}`,
      // A thread transposes a square of components x components values.
      generate: () => /* wgsl */ `
fn main(thread : i32) {
  if (thread >= uniforms.blocks) {
    return;
  }
  let column = thread % uniforms.a;
  let rowIndex = thread / uniforms.a;
  let row = rowIndex % uniforms.b;
  let start = rowIndex / uniforms.b * uniforms.a * uniforms.b * ${components};
  let from0 = start + column * ${components} * uniforms.b + row;
  let to0 = start + row * ${components} * uniforms.a + column;
  ${lines(components, (i) => `let row${i} = source[from0 + ${i} * uniforms.b];`)}
  ${lines(components, (i) => {
    const values = Array.from({ length: components }, (_, j) => component(`row${j}`, i, components));
    return `result[to0 + ${i} * uniforms.a] = ${components === 4 ? `vec4<f32>(${values.join(', ')})` : values[0]};`;
  })}
}`,
      threads: blocks,
      workgroupThreads,
      inputs: { source: [filter, components] },
      integers: { a: a / components, b: b / components, blocks },
      resultComponents: components,
    },
    rows * columns * a * b,
  );
  return { ...flat, shape: [rows, columns, b, a] };
};
