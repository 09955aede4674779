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

  it('gives a block without a change of shape no projection', () => {
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
  it('matches the count of the PyTorch model', () => {
    // sum(p.numel() for p in model.parameters()) in src/testing/golden/model_golden.py
    expect(parameterCount(autoencoderLayers(32, 0.25))).toBe(golden.cases[0]!.parameterCount);
  });
});

describe('initialValue', () => {
  it('he-normal: filters have variance 2 / fan-in, the bias is 0', () => {
    const values = initialValue(named('decoder.0.conv1.weight'), 3, 'he-normal');
    const count = 3 * 3 * 64 * 64;
    expect(values).toHaveLength(count);
    const variance = values.reduce((sum, value) => sum + value * value, 0) / count;
    // Five standard errors of a variance: 5 sqrt(2 / count) relative.
    expect(Math.abs(variance / (2 / (9 * 64)) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Array.from(initialValue(named('decoder.8.bias'), 0, 'he-normal'))).toEqual([0, 0, 0]);
  });

  it('pytorch: filters are uniform within 1 / sqrt(fan-in) of their own fan-in', () => {
    for (const [name, fanIn] of [
      ['decoder.0.conv1.weight', 9 * 64],
      ['encoder.0.conv1.weight', 9 * 3],
      ['encoder.1.downsample.0.weight', 16],
    ] as const) {
      const values = initialValue(named(name), 3, 'pytorch');
      const bound = 1 / Math.sqrt(fanIn);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect(values.every((value) => Math.abs(value) <= bound)).toBe(true);
      // Five standard errors: bound / sqrt(3 n) for a mean, sqrt(4 / 5 / n) relative for a variance.
      expect(Math.abs(mean)).toBeLessThan((5 * bound) / Math.sqrt(3 * values.length));
      expect(Math.abs((3 * variance) / bound ** 2 - 1)).toBeLessThan(5 * Math.sqrt(0.8 / values.length));
    }
  });

  it('pytorch: the output’s bias is uniform within 1 / sqrt(fan-in) of its filter', () => {
    const bound = 1 / Math.sqrt(9 * 16);
    const biases = Array.from({ length: 20 }, (_, seed) => [
      ...initialValue(named('decoder.8.bias'), seed, 'pytorch'),
    ]).flat();
    expect(biases.every((value) => Math.abs(value) <= bound)).toBe(true);
    expect(Math.max(...biases.map(Math.abs))).toBeGreaterThan(0.8 * bound);
  });

  it('depends only on the seed and the name', () => {
    const spec = named('encoder.4.conv1.weight');
    for (const initialisation of ['pytorch', 'he-normal'] as const) {
      const values = initialValue(spec, 3, initialisation);
      expect(initialValue(spec, 3, initialisation)).toEqual(values);
      expect(initialValue(spec, 4, initialisation)).not.toEqual(values);
      expect(initialValue(named('encoder.4.conv2.weight'), 3, initialisation)).not.toEqual(values);
    }
  });

  it('starts batch norm with weight 1 and bias 0, and its averages with mean 0 and variance 1', () => {
    for (const initialisation of ['pytorch', 'he-normal'] as const) {
      const values = initialValue(named('encoder.0.bn1'), 0, initialisation);
      expect(Array.from(values)).toEqual([...Array(16).fill(1), ...Array(16).fill(0)]);
    }
    expect(Array.from(initialStatistics(2))).toEqual([0, 0, 1, 1]);
  });
});
