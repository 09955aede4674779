import { expect, it } from 'vitest';
import { convolutionKernels } from '#engine/ops/conv/convolution-kernels.ts';
import { withFault } from '#testing/wrong-kernel.ts';
import { TrainingDevice } from './training-device.ts';

it('chooses the processor, with both numbers as its reason, if the graphics device computes wrongly', async () => {
  const device = new TrainingDevice(
    () => undefined,
    () => true,
  );
  const fault = { kernelName: convolutionKernels.forward, result: 0 };
  const report = await withFault(fault, () => device.open('webgpu'));
  expect(report.backend).toBe('wasm');
  expect(report.reason).toMatch(
    /computes wrongly\. In a test step, .+ on it, but .+ on the processor\. So training/,
  );
  // The same graphics device is not checked again.
  expect((await device.open('webgpu')).reason).toBe(report.reason);
  expect(
    (
      await new TrainingDevice(
        () => undefined,
        () => true,
      ).open('webgpu')
    ).backend,
  ).toBe('webgpu');
});
