/** The store's access to files and tensors: real workers in the page, fakes in tests. */
import type { Category, MappedFiles } from '#core/dataset.ts';
import type { Mapping } from '#core/layout/roles.ts';
import type { BaselinesClient } from '#worker/baselines-client.ts';
import type { BundledRun } from '#worker/bundled-runs.ts';
import type { DatasetClient, DroppedFile, OpenedFiles, ScanResult } from '#worker/dataset-client.ts';
import type { MetricsClient } from '#worker/metrics-client.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { RoleMemory } from './dataset/role-memory.ts';
import type { RunLibrary } from './runs/run-library.ts';
import type { OpenStorage } from './storage/open-storage.ts';
import type { TableStorage } from './table/table-storage.ts';

/** The dependencies of an `AppStore`. */
export interface Clients {
  readonly training: TrainingClient;
  readonly metrics: MetricsClient;
  readonly baselines: BaselinesClient;
  readonly dataset: Pick<DatasetClient, 'decode' | 'original' | 'preview'>;
  /** Opens the archives among dropped files. */
  readonly openArchives: (
    files: readonly DroppedFile[],
    onOpening: (name: string, share: number) => void,
    signal: AbortSignal,
  ) => Promise<OpenedFiles>;
  /** Finds the categories among dropped files. */
  readonly scanFiles: (files: readonly DroppedFile[], mappings?: readonly Mapping[]) => Promise<ScanResult>;
  /** Builds a category with other roles. */
  readonly applyMapping: (mapped: MappedFiles) => Promise<Category>;
  /** Opens the memory of confirmed roles. */
  readonly openRoleMemory: () => Promise<RoleMemory>;
  /** Creates the procedural category that is loaded at start-up. */
  readonly sampleCategory: () => Category;
  /** Opens the library of retained runs. */
  readonly openRunLibrary: () => Promise<RunLibrary>;
  /** Opens the storage of checkpoints and images. Rejects with the reason if there is none. */
  readonly openStorage: () => Promise<OpenStorage>;
  /** Calls the handler whenever the page is hidden or shown again. */
  readonly onVisibility: (handler: (visible: boolean) => void) => void;
  /** Reads the pair of runs that comes with the page: the one to open, and the one to overlay. */
  readonly bundledRuns: () => Promise<readonly BundledRun[]>;
  /** Downloads `residua_torch.py`, which comes with the page. */
  readonly pythonFile: () => Promise<string>;
  /** Stores the results of Table II across visits. */
  readonly tableStorage: TableStorage;
  /** A clock in milliseconds. */
  readonly nowMs: () => number;
  /** Calls the handler every second in which the page runs, until the returned function is called. */
  readonly everySecond: (handler: () => void) => () => void;
}
