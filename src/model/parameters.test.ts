import { describe, expect, it } from 'vitest';
import golden from '#testing/golden/model.golden.json';
import { autoencoderLayers } from './architecture.ts';
import { initialStatistics, initialValue, parameterCount, parameterSpecs } from './parameters.ts';

const specs = parameterSpecs(autoencoderLayers(32, 0.25));
const named = (name: string) => specs.find((spec) => spec.name === name)!;

describe('parameterSpecs', () => {
  it('names and shapes the parameters of a block with a projection', () => {
    expect(specs.slice(0, 6).map(({ name, shape }) => [name, ...shape])).toEqual([
      ['encoder.0.conv1.weight', 3, 3, 3, 16],
      ['encoder.0.bn1', 2, 16],
      ['encoder.0.conv2.weight', 3, 3, 16, 16],
      ['encoder.0.bn2', 2, 16],
      ['encoder.0.downsample.0.weight', 1, 1, 3, 16],
      ['encoder.0.downsample.1', 2, 16],
    ]);
  });

  it('gives a block that keeps its shape no projection', () => {
    const names = specs.map(({ name }) => name).filter((name) => name.startsWith('encoder.4'));
    expect(names).toEqual([
      'encoder.4.conv1.weight',
      'encoder.4.bn1',
      'encoder.4.conv2.weight',
      'encoder.4.bn2',
    ]);
  });

  it('ends with the output convolution and its bias', () => {
    expect(specs.slice(-2).map(({ name, shape }) => [name, ...shape])).toEqual([
      ['decoder.8.weight', 3, 3, 16, 3],
      ['decoder.8.bias', 3],
    ]);
  });

  it('uses every name once', () => {
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
  });
});

describe('parameterCount', () => {
  it('agrees with the count of the PyTorch model', () => {
    // sum(p.numel() for p in model.parameters()) in src/testing/golden/model_golden.py
    expect(parameterCount(autoencoderLayers(32, 0.25))).toBe(golden.cases[0]!.parameterCount);
  });
});

describe('initialValue', () => {
  it('is He-normal for filters, by fan-in', () => {
    const spec = named('decoder.0.conv1.weight');
    const values = initialValue(spec, 3);
    const count = 3 * 3 * 64 * 64;
    expect(values).toHaveLength(count);
    const variance = values.reduce((sum, value) => sum + value * value, 0) / count;
    // Five standard errors of a variance: 5 sqrt(2 / count) relative.
    expect(Math.abs(variance / (2 / (9 * 64)) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  });

  it('depends on the seed and the name, and on nothing else', () => {
    const spec = named('encoder.4.conv1.weight');
    expect(initialValue(spec, 3)).toEqual(initialValue(spec, 3));
    expect(initialValue(spec, 4)).not.toEqual(initialValue(spec, 3));
    expect(initialValue(named('encoder.4.conv2.weight'), 3)).not.toEqual(initialValue(spec, 3));
  });

  it('starts batch norm with weight 1 and bias 0, and its averages with mean 0 and variance 1', () => {
    const values = initialValue(named('encoder.0.bn1'), 0);
    expect(Array.from(values)).toEqual([...Array(16).fill(1), ...Array(16).fill(0)]);
    expect(Array.from(initialStatistics(2))).toEqual([0, 0, 1, 1]);
  });

  it('starts the output with bias 0', () => {
    expect(Array.from(initialValue(named('decoder.8.bias'), 0))).toEqual([0, 0, 0]);
  });
});
