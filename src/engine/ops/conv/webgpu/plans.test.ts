import { describe, expect, it } from 'vitest';
import { convolutionGeometry } from '../geometry.ts';
import type { ConvolutionDevice } from './convolution-device.ts';
import { planFilterGradient } from './filter-plan.ts';
import { type GatherDirection, planGather } from './gather-plan.ts';

const devices: readonly ConvolutionDevice[] = ['cpu', 'swiftshader', 'gpu'];
const directions: readonly GatherDirection[] = ['forward', 'input-gradient'];

const geometries = [
  convolutionGeometry([64, 256, 256, 3], [3, 3, 3, 32], 2),
  convolutionGeometry([16, 64, 64, 32], [3, 3, 32, 32], 1),
  convolutionGeometry([4, 2, 2, 256], [3, 3, 256, 256], 1),
  convolutionGeometry([3, 5, 7, 5], [1, 1, 5, 20], 2),
  convolutionGeometry([1, 1, 1, 1], [3, 3, 1, 1], 1),
];

describe('convolutionGeometry', () => {
  it('rounds the sides of the output up, as PyTorch does with padding (size - 1) / 2', () => {
    expect(convolutionGeometry([2, 5, 8, 3], [3, 3, 3, 4], 2)).toMatchObject({
      outputRows: 3,
      outputColumns: 4,
      padRows: 1,
      padColumns: 1,
    });
  });

  it('names the value that it refuses', () => {
    expect(() => convolutionGeometry([1, 4, 4, 2], [4, 3, 2, 1], 1)).toThrow('4x3');
    expect(() => convolutionGeometry([1, 4, 4, 2], [3, 3, 3, 1], 1)).toThrow('3 channels');
    expect(() => convolutionGeometry([1, 0, 4, 2], [3, 3, 2, 1], 1)).toThrow('rows = 0');
    expect(() => convolutionGeometry([1, 4, 4, 2], [3, 3, 2, 1], 1.5)).toThrow('stride = 1.5');
    expect(() => convolutionGeometry([4, 4, 2], [3, 3, 2, 1], 1)).toThrow('[4,4,2]');
  });
});

describe('planGather', () => {
  it('covers every pixel and channel of the result, without overlap of channels', () => {
    for (const geometry of geometries) {
      for (const device of devices) {
        for (const direction of directions) {
          const plan = planGather(geometry, direction, device);
          expect(plan.pixelTiles * plan.tile.segments).toBeGreaterThanOrEqual(plan.totalSegments);
          expect((plan.pixelTiles - 1) * plan.tile.segments).toBeLessThan(plan.totalSegments);
          expect(plan.segmentsPerRow * plan.tile.columns * plan.classStep).toBeGreaterThanOrEqual(
            plan.resultColumns,
          );
          expect(plan.channelTiles * plan.tile.vectors).toBe(plan.resultVectors);
          expect(plan.gridRows ** 2 * plan.classes).toBeGreaterThanOrEqual(plan.resultRows ** 2);
          expect(plan.threads).toBe(plan.classes * plan.pixelTiles * plan.channelTiles);
        }
      }
    }
  });

  it('keeps a GPU busy: smaller tiles where large ones would leave few threads', () => {
    const [, wide, narrow] = geometries;
    expect(planGather(wide!, 'forward', 'gpu')).toMatchObject({
      tile: { segments: 8, columns: 1, vectors: 2 },
      threads: 1 << 15,
    });
    expect(planGather(narrow!, 'forward', 'gpu')).toMatchObject({
      tile: { segments: 4, columns: 1, vectors: 1 },
      threads: 256,
    });
  });

  it('splits the input gradient of stride 2 into four classes of pixels', () => {
    expect(planGather(geometries[3]!, 'input-gradient', 'gpu')).toMatchObject({
      classes: 4,
      gridRows: 3,
      segmentsPerRow: 4,
      sourceRows: 3,
      sourceColumns: 4,
    });
  });
});

describe('planFilterGradient', () => {
  it('covers every row once', () => {
    for (const geometry of geometries) {
      for (const device of devices) {
        const { chunks, rowsPerChunk, totalRows } = planFilterGradient(geometry, device);
        expect(chunks * rowsPerChunk).toBeGreaterThanOrEqual(totalRows);
        expect((chunks - 1) * rowsPerChunk).toBeLessThan(totalRows);
      }
    }
  });

  it('splits a large image among many threads, and writes at most 64 MiB of partial sums', () => {
    for (const geometry of geometries) {
      const plan = planFilterGradient(geometry, 'gpu');
      expect(plan.chunks * plan.filterSize * 4).toBeLessThanOrEqual(64 * 1024 * 1024);
    }
    expect(planFilterGradient(geometries[1]!, 'gpu').threads).toBeGreaterThan(20_000);
  });

  it('does not split few pixels', () => {
    expect(planFilterGradient(geometries[4]!, 'gpu').chunks).toBe(1);
    expect(planFilterGradient(geometries[2]!, 'gpu').chunks).toBe(1);
  });
});
