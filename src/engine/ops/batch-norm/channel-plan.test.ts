import { describe, expect, it } from 'vitest';
import { planChannelReduction } from './channel-plan.ts';

describe.each(['gpu', 'cpu'] as const)('planChannelReduction on a %s', (device) => {
  const shapes = [1, 7, 2048, 2049, 262_144, 4_194_304].flatMap((rows) =>
    [1, 3, 8, 32, 60, 256].map((channels) => [rows, channels] as const),
  );

  it.each(shapes)('covers %i rows of %i channels with no empty workgroup', (rows, channels) => {
    const plan = planChannelReduction(rows, channels, device);
    expect(plan.groups * plan.rowsPerGroup).toBeGreaterThanOrEqual(rows);
    expect((plan.groups - 1) * plan.rowsPerGroup).toBeLessThan(rows);
    expect(plan.channelTiles * plan.tile * plan.components).toBeGreaterThanOrEqual(channels);
    expect((plan.channelTiles - 1) * plan.tile * plan.components).toBeLessThan(channels);
    expect(plan.tile * plan.lanes).toBe(plan.threads);
    expect(Number.isInteger(Math.log2(plan.lanes))).toBe(true);
    expect(plan.lanes % plan.joints).toBe(0);
    expect(plan.groups * plan.channelTiles).toBeLessThanOrEqual(512);
  });

  it('takes vectors of four only where they divide the channels', () => {
    expect(planChannelReduction(8, 32, device).components).toBe(4);
    expect(planChannelReduction(8, 30, device).components).toBe(1);
  });

  it('needs one workgroup a tile for few rows and many for many', () => {
    expect(planChannelReduction(16, 256, device).groups).toBe(1);
    expect(planChannelReduction(1_048_576, 32, device).groups).toBeGreaterThan(device === 'gpu' ? 100 : 4);
  });

  it.each([
    [0, 1],
    [1, 0],
    [1.5, 2],
    [-1, 2],
  ])('refuses %d rows of %d channels', (rows, channels) => {
    expect(() => planChannelReduction(rows, channels, device)).toThrow(RangeError);
  });
});
