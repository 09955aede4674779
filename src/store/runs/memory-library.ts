/** A library in memory: it is lost when the page closes. */
import type { PlainError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { RunLibrary } from './run-library.ts';

/**
 * Creates an empty library. It holds only the files; the runs are in the store.
 * @param memoryOnly why the browser's storage is unavailable
 */
export const createMemoryLibrary = (memoryOnly?: PlainError): RunLibrary => {
  const held = new Map<string, ExportedRun>();
  return {
    contents: { runs: [], unreadable: [], memoryOnly },
    add: async ({ id }, files) => {
      held.set(id, files);
    },
    update: async () => {},
    files: async (id) => {
      const files = held.get(id);
      return files && { modelJson: files.modelJson, weights: files.weights.slice(0) };
    },
    past: async (id) => held.get(id)?.past?.slice(0),
    removePast: async ({ id }) => {
      const files = held.get(id);
      if (files) held.set(id, { modelJson: files.modelJson, weights: files.weights });
    },
    remove: async (id) => {
      const files = held.get(id);
      held.delete(id);
      return files;
    },
  };
};
