/** What the command line uses of the page's automation API (`window.residua`), in the page's own words. */
import type { RunConfig } from '#core/config.ts';
import type { SampleInfo } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { Evaluation, StepRecord } from '#core/history.ts';

/** Where a run stands. */
export interface RunProgress {
  readonly phase: 'idle' | 'running' | 'paused' | 'finished' | 'failed';
  readonly activity: 'compiling' | 'training' | 'evaluating' | undefined;
  readonly step: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly imagesPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
}

export type DeviceState =
  | { readonly phase: 'starting' }
  | {
      readonly phase: 'ready';
      readonly report: { readonly backend: string; readonly name: string; readonly isFallback: boolean };
    }
  | { readonly phase: 'failed'; readonly error: PlainError };

/** All that the page knows, as plain JSON. */
export interface PageSnapshot {
  readonly device: DeviceState;
  readonly status: RunProgress;
  readonly config: RunConfig;
  readonly steps: readonly StepRecord[];
  readonly evaluations: readonly (Omit<Evaluation, 'scores'> & { readonly scores: readonly number[] })[];
  readonly categoryName: string | undefined;
  readonly samples: readonly SampleInfo[];
  readonly setAside: readonly { readonly path: string; readonly reason: string }[];
  readonly notices: readonly string[];
  readonly error: PlainError | undefined;
}

/** Everything rejects with a `ResiduaError`. */
export interface PageApi {
  readonly ready: Promise<void>;
  readonly store: {
    getState(): {
      readonly run: {
        readonly status: RunProgress;
        readonly history: {
          readonly steps: readonly StepRecord[];
          readonly evaluations: readonly Pick<Evaluation, 'imageAuroc'>[];
        };
      };
    };
  };
  loadFiles(
    files: readonly { readonly path: string; readonly file: File }[],
    category?: string,
  ): Promise<void>;
  setConfig(change: Partial<RunConfig>): void;
  train(): Promise<void>;
  exportRun(): Promise<{ readonly modelJson: string; readonly weights: ArrayBuffer }>;
  snapshot(): PageSnapshot;
}
