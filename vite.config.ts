/** Builds the page, serves it, and says how the tests run: in Node, in Chromium and in the stock Firefox. */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import type { BrowserProviderOption, InlineConfig } from 'vitest/node';
import { assembly } from './.ci/vite-assembly.ts';
import { colorMaps } from './.ci/vite-color-maps.ts';
import { policyInPage } from './.ci/vite-content-security-policy.ts';
import { equations } from './.ci/vite-equations.ts';
import { createLicenseList } from './.ci/vite-licenses.ts';
import { serviceWorker } from './.ci/vite-service-worker.ts';
import { firefox } from './.ci/vitest-firefox.ts';
import { isolationHeaders, pageHeaders } from './src/app/hosting/page-headers.ts';
import { chromiumExecutable, chromiumFlags } from './src/cli/browsers.ts';

const gpuTests = ['src/**/*.gpu.test.ts'];

/**
 * Bundled before the first page opens. Workers and lazy panels name these late, and a dependency found late reloads the
 * page: in the middle of a test, or of a first run.
 */
const dependenciesFoundLate = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-webgpu',
  'fast-png',
  'fflate',
  '@bufbuild/protobuf',
  '@bufbuild/protobuf/codegenv2',
  'valibot',
  'recharts',
  'driver.js',
  'file-selector',
  '@tanstack/react-virtual',
];

/** These measure all memory that a device holds, so no other test may have used it. */
const memoryTests = ['src/training/run-plan.gpu.test.ts', 'src/worker/contestants.gpu.test.ts'];

/** The GPU tests in one browser: those that share a page with its device, and those with a page each. */
const gpuProjects = (
  browser: 'chromium' | 'firefox',
  provider: BrowserProviderOption,
): TestProjectConfiguration[] => {
  const project = (
    name: string,
    order: number,
    tests: Pick<InlineConfig, 'include' | 'exclude' | 'isolate'>,
  ) => ({
    extends: true as const,
    test: {
      name,
      ...tests,
      sequence: { groupOrder: order },
      testTimeout: 120_000,
      fileParallelism: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider,
        instances: [{ browser }],
      },
    },
  });
  return [
    // Compiling the model's kernels for each file took half of the time.
    project(browser, 1, { include: gpuTests, exclude: memoryTests, isolate: false }),
    project(`${browser}-memory`, 2, { include: memoryTests }),
  ];
};

const licenses = createLicenseList();

export default defineConfig({
  // One build works at any path.
  base: './',
  plugins: [
    react(),
    assembly(),
    equations(),
    colorMaps(),
    policyInPage(),
    licenses.collect(),
    serviceWorker(() => [licenses.collect()]),
    licenses.write(),
  ],
  server: { headers: isolationHeaders },
  preview: { headers: pageHeaders },
  resolve: { alias: { 'react-style-singleton': resolve('src/app/ui/style-singleton.ts') } },
  optimizeDeps: { include: dependenciesFoundLate },
  worker: { format: 'es', plugins: () => [assembly(), licenses.collect()] },
  // The content security policy allows no font within an address (data:).
  build: { target: 'es2023', chunkSizeWarningLimit: 2000, assetsInlineLimit: 0 },
  test: {
    setupFiles: ['src/testing/compare-arrays-fast.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', '.ci/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: gpuTests,
          // The files of a thread share its modules: half of the time was for loading them again.
          pool: 'threads',
          isolate: false,
          // Planning a run of the paper's size takes a second or two, and more beside other work.
          testTimeout: 30_000,
        },
      },
      ...gpuProjects(
        'chromium',
        playwright({ launchOptions: { executablePath: chromiumExecutable(), args: [...chromiumFlags] } }),
      ),
      ...gpuProjects('firefox', firefox),
      {
        extends: true,
        test: {
          name: 'e2e-firefox',
          environment: 'node',
          include: ['e2e/firefox/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
