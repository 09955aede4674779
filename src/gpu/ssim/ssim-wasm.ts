/** SSIM on the WASM backend, in TypeScript on its heap. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel } from '@tensorflow/tfjs-core';
import { gaussianWindow } from '#core/ssim-window.ts';
import { floatsOf } from '../wasm/wasm-backend.ts';
import {
  type SsimAttributes,
  type SsimGradientInputs,
  type SsimInputs,
  ssimGradientKernel,
  ssimKernel,
  ssimShapeOf,
} from './ssim-kernels.ts';
import { windowCounts } from './ssim-plan.ts';
import { measureSsim, type SsimSetting, spreadSsimGradient } from './ssim-planes.ts';

const settingOf = (shape: readonly number[], { window, sigma, c1, c2 }: SsimAttributes): SsimSetting => ({
  shape: ssimShapeOf(shape),
  taps: gaussianWindow(window, sigma),
  c1,
  c2,
});

registerKernel({
  kernelName: ssimKernel,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, y } = inputs as SsimInputs;
    const attributes = attrs as SsimAttributes;
    const wasm = backend as BackendWasm;
    const setting = settingOf(x.shape, attributes);
    const maps = wasm.makeOutput([3 * windowCounts(setting.shape, attributes.window).all], 'float32');
    const loss = wasm.makeOutput([], 'float32');
    floatsOf(wasm, loss)[0] = measureSsim(
      floatsOf(wasm, x),
      floatsOf(wasm, y),
      setting,
      floatsOf(wasm, maps),
    );
    return [loss, maps];
  },
});

registerKernel({
  kernelName: ssimGradientKernel,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, y, maps, dy } = inputs as SsimGradientInputs;
    const wasm = backend as BackendWasm;
    const gradient = wasm.makeOutput(y.shape, 'float32');
    spreadSsimGradient(
      { x: floatsOf(wasm, x), y: floatsOf(wasm, y), maps: floatsOf(wasm, maps) },
      settingOf(x.shape, attrs as SsimAttributes),
      floatsOf(wasm, dy)[0],
      floatsOf(wasm, gradient),
    );
    return gradient;
  },
});
