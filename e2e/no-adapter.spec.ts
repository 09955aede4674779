/** A browser with WebGPU on a machine without an adapter. */
import { test } from './helpers/test.ts';
import { testWithoutWebGpu } from './helpers/without-webgpu.ts';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((flag) => !flag.startsWith('--use-webgpu-adapter'));
    await use({ ...launchOptions, args: [...args, '--disable-gpu', '--disable-software-rasterizer'] });
  },
});

testWithoutWebGpu('an adapter', 'no graphics adapter');
