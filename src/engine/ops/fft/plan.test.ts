import { describe, expect, it } from 'vitest';
import { type ImageShape, planColumns, planLine, planRows, transformLengths } from './plan.ts';

const gpu = { invocations: 128, storageBytes: 16_384, exchange: 'workgroup' } as const;
const serial = { invocations: 16, storageBytes: 16_384, exchange: 'private' } as const;
const largestWorkgroup = 256;
const lossBytesPerInvocation = 8;

const shapes: readonly ImageShape[] = transformLengths.flatMap((rows) =>
  transformLengths.flatMap((columns) =>
    [1, 3, 4, 5, 300].map((inner) => ({ outer: 2, rows, columns, inner })),
  ),
);

describe('the plan of a line', () => {
  it('covers every length from 8 to 512 with whole butterflies', () => {
    expect(transformLengths).toEqual([8, 16, 32, 64, 128, 256, 512]);
    for (const length of transformLengths) {
      for (const exchange of ['workgroup', 'private'] as const) {
        const { pointsPerThread, threads, radices } = planLine(length, exchange);
        expect(radices.reduce((a, b) => a * b)).toBe(length);
        expect(pointsPerThread * threads).toBe(length);
        for (const radix of radices) expect(pointsPerThread % radix).toBe(0);
      }
    }
  });

  it('gives a thread that is alone two passes at most', () => {
    for (const length of transformLengths) {
      const { threads, radices } = planLine(length, 'private');
      expect(threads).toBe(1);
      expect(radices.length).toBeLessThanOrEqual(2);
    }
  });

  for (const length of [1, 4, 12, 100, 1024]) {
    it(`refuses ${length}`, () => {
      expect(() => planLine(length, 'workgroup')).toThrow(
        `a side of ${length}, expected one of 8, 16, 32, 64, 128, 256, 512`,
      );
    });
  }
});

describe('the plan of rows and columns', () => {
  for (const [name, limits] of [
    ['a GPU', gpu],
    ['SwiftShader', serial],
  ] as const) {
    it(`for ${name} gives each line to exactly one place of a workgroup that every device allows`, () => {
      for (const shape of shapes) {
        const { outer, rows, columns, inner } = shape;
        const row = planRows(shape, limits);
        expect(row.invocations).toBe(row.channels * row.rowPairs * row.line.threads);
        expect(row.channels * row.channelBlocks).toBeGreaterThanOrEqual(inner);
        expect(row.channels * (row.channelBlocks - 1)).toBeLessThan(inner);
        const pairBlocks = row.groups / row.channelBlocks;
        expect(row.rowPairs * pairBlocks).toBeGreaterThanOrEqual((outer * rows) / 2);
        expect(row.rowPairs * (pairBlocks - 1)).toBeLessThan((outer * rows) / 2);
        const column = planColumns(shape, limits, lossBytesPerInvocation);
        expect(column.lineCount).toBe(outer * inner * (columns / 2 + 1));
        expect(column.lines * column.groups).toBeGreaterThanOrEqual(column.lineCount);
        expect(column.lines * (column.groups - 1)).toBeLessThan(column.lineCount);
        for (const plan of [row, column]) expect(plan.invocations).toBeLessThanOrEqual(largestWorkgroup);
      }
    });

    it(`for ${name} stays within 16 KiB of workgroup memory`, () => {
      for (const shape of shapes) {
        const row = planRows(shape, limits);
        if (row.exchange === 'workgroup') {
          expect(row.channels * row.rowPairs * row.line.length * 8).toBeLessThanOrEqual(16_384);
        }
        const column = planColumns(shape, limits, lossBytesPerInvocation);
        const exchange = column.exchange === 'workgroup' ? column.lines * column.line.length * 8 : 0;
        expect(exchange + column.invocations * lossBytesPerInvocation).toBeLessThanOrEqual(16_384);
      }
    });
  }

  it('keeps the channels of a pixel in one workgroup, so that its loads are contiguous', () => {
    expect(planRows({ outer: 1, rows: 256, columns: 256, inner: 3 }, gpu).channels).toBe(3);
  });
});
