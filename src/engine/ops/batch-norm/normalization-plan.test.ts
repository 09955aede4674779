import { describe, expect, it } from 'vitest';
import { planNormalization } from './normalization-plan.ts';

describe.each(['gpu', 'cpu'] as const)('planNormalization on a %s', (device) => {
  const shapes = [1, 7, 2048, 2049, 4096, 4097, 262_144, 4_194_304].flatMap((rows) =>
    [1, 3, 8, 32, 60, 256].map((channels) => [rows, channels] as const),
  );

  it.each(shapes)('covers %i rows of %i channels with no empty workgroup', (rows, channels) => {
    for (const valuesPerRow of [1, 4] as const) {
      const plan = planNormalization(rows, channels, device, { valuesPerRow });
      for (const { groups, rowsPerGroup } of [plan.reduce, plan.apply]) {
        expect(groups * rowsPerGroup).toBeGreaterThanOrEqual(rows);
        expect((groups - 1) * rowsPerGroup).toBeLessThan(rows);
      }
      expect(plan.channelTiles * plan.tile * plan.components).toBeGreaterThanOrEqual(channels);
      expect((plan.channelTiles - 1) * plan.tile * plan.components).toBeLessThan(channels);
      expect(plan.tile * plan.lanes).toBe(plan.threads);
      expect(Number.isInteger(Math.log2(plan.lanes))).toBe(true);
      expect(plan.lanes % plan.joints).toBe(0);
      expect(plan.reduce.groups * plan.channelTiles).toBeLessThanOrEqual(512);
    }
  });

  it('takes vectors of four only if they divide the channels', () => {
    expect(planNormalization(8, 32, device).components).toBe(4);
    expect(planNormalization(8, 30, device).components).toBe(1);
  });

  it('takes one dispatch up to 4096 values a channel, those of enlarged pixels counted', () => {
    expect(planNormalization(4096, 16, device)).toMatchObject({
      form: 'whole',
      tile: 1,
      reduce: { groups: 1 },
    });
    expect(planNormalization(4097, 16, device).form).toBe('parts');
    expect(planNormalization(1024, 16, device, { valuesPerRow: 4 }).form).toBe('whole');
    expect(planNormalization(1025, 16, device, { valuesPerRow: 4 }).form).toBe('parts');
  });

  it('needs many workgroups for many rows, and then lets no more than 64 parts be joined again and again', () => {
    const plan = planNormalization(1_048_576, 32, device);
    expect(plan.reduce.groups).toBeGreaterThan(device === 'gpu' ? 100 : 4);
    expect(plan.form).toBe(device === 'gpu' ? 'joined-parts' : 'parts');
  });

  it.each([
    [0, 1],
    [1, 0],
    [1.5, 2],
    [-1, 2],
  ])('refuses %d rows of %d channels', (rows, channels) => {
    expect(() => planNormalization(rows, channels, device)).toThrow(RangeError);
  });
});
