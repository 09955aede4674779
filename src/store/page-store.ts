/** The store of the page, with real workers. */
import { ResiduaError } from '#core/errors.ts';
import { createBaselinesClient } from '#worker/baselines-client.ts';
import { readBundledRuns } from '#worker/bundled-runs.ts';
import {
  applyMapping,
  createDatasetClient,
  openArchives,
  sampleCategory,
  scanFiles,
} from '#worker/dataset-client.ts';
import { createMetricsClient } from '#worker/metrics-client.ts';
import { createTrainingClient } from '#worker/training-client.ts';
import { type AppStore, createAppStore } from './app-store.ts';
import { openBrowserLibrary } from './runs/browser-library.ts';
import { createIndexedDbStorage } from './table/indexed-db-storage.ts';

export type { DroppedFile } from '#worker/dataset-client.ts';
export type { ExportedRun, RunStatus } from '#worker/protocol.ts';

/** Downloads a text that comes with the page. */
const readPageText = async (name: string): Promise<string> => {
  const response = await fetch(new URL(name, document.baseURI));
  if (response.ok) return response.text();
  throw new ResiduaError(
    'internal',
    `The file ${name} of this page could not be read: the server answers ${response.status}.`,
    'Check the connection and try again.',
  );
};

const notWanted = (): ResiduaError =>
  new ResiduaError('storage-failed', 'This page keeps no checkpoints.', 'Open it without a command line.');

/**
 * Starts the workers and creates the store that uses them.
 * @param keepsCheckpoints whether the browser stores checkpoints and images
 */
export const createPageStore = (keepsCheckpoints: boolean): AppStore =>
  createAppStore({
    training: createTrainingClient(),
    metrics: createMetricsClient(),
    baselines: createBaselinesClient(),
    dataset: createDatasetClient(),
    openArchives,
    scanFiles,
    applyMapping,
    openRoleMemory: async () => {
      const [{ createRoleMemory }, { savedText }] = await Promise.all([
        import('./dataset/role-memory.ts'),
        import('./dataset/saved-text.ts'),
      ]);
      return createRoleMemory(savedText('residua-roles'));
    },
    sampleCategory,
    openRunLibrary: openBrowserLibrary,
    openStorage: async () => {
      if (!keepsCheckpoints) throw notWanted();
      const { openBrowserStorage } = await import('./storage/browser-storage.ts');
      return openBrowserStorage();
    },
    onVisibility: (handler) =>
      document.addEventListener('visibilitychange', () => handler(document.visibilityState === 'visible')),
    bundledRuns: () => readBundledRuns(new URL('pair.bin', document.baseURI).href),
    pythonFile: () => readPageText('residua_torch.py'),
    tableStorage: createIndexedDbStorage(),
    nowMs: () => performance.now(),
    everySecond: (handler) => {
      const timer = setInterval(handler, 1000);
      return () => clearInterval(timer);
    },
  });
