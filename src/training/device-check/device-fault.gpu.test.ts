import { expect, it } from 'vitest';
import { describeGpu } from '#testing/gpu.ts';
import { faultsIn, type KernelFault, withFault } from '#testing/wrong-kernel.ts';
import { deviceFault } from './device-fault.ts';

describeGpu('the check of a graphics device', () => {
  it('finds no fault in a device that computes correctly', async () => {
    expect(await deviceFault()).toBeUndefined();
  });

  it('finds a fault in any result of any kernel of the step, and states both numbers', async () => {
    const faults = await faultsIn(deviceFault);
    // The model, three kinds of losses and the optimizer.
    expect(faults.length).toBeGreaterThan(20);
    const unseen: KernelFault[] = [];
    for (const fault of faults) {
      const found = await withFault(fault, deviceFault);
      if (found === undefined) unseen.push(fault);
      else
        expect(found).toMatch(
          /^In a test step, .+ is (-?[\d.]+(e[+-]\d+)?|NaN|-?Infinity) on it, but -?[\d.]+(e[+-]\d+)? on/,
        );
    }
    expect(unseen).toEqual([]);
  });
});
