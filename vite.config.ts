/** Builds the page, serves it, and says how the tests run: in Node, in Chromium and in the stock Firefox. */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { firefox } from './.ci/vitest-firefox.ts';
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
  'valibot',
  'recharts',
];

export default defineConfig({
  plugins: [react()],
  optimizeDeps: { include: dependenciesFoundLate },
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', '.ci/**/*.test.ts'],
          exclude: gpuTests,
        },
      },
      {
        extends: true,
        test: {
          name: 'chromium',
          include: gpuTests,
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumExecutable(), args: [...chromiumFlags] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'firefox',
          include: gpuTests,
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: firefox,
            instances: [{ browser: 'firefox' }],
          },
        },
      },
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
