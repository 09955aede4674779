/** A browser without WebGPU: it trains on the processor. */
import { test } from './helpers/test.ts';
import { testWithoutWebGpu } from './helpers/without-webgpu.ts';

const withoutGpu = "Object.defineProperty(navigator, 'gpu', { value: undefined });\n";

test.beforeEach(async ({ page, context }) => {
  await page.addInitScript(withoutGpu);
  // Workers do not run init scripts, so the route adds one as the first line of their file.
  await context.route('**/*worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: withoutGpu + (await response.text()) });
  });
});

// The last worker may be requested just before the page closes.
test.afterEach(({ context }) => context.unrouteAll({ behavior: 'wait' }));

testWithoutWebGpu('WebGPU', 'no WebGPU');
