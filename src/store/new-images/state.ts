/** Images that were dropped on a trained run, and their scores. */
import type { SkippedFile } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import type { DroppedFile } from '#worker/dataset-client.ts';

/** A scored image. */
export interface ScoredNewImage {
  /** Path in the drop. */
  readonly path: string;
  /** Higher is more anomalous. */
  readonly score: number;
  /** RGBA bytes, [pictureSide, pictureSide, 4]. */
  readonly picture: Uint8ClampedArray<ArrayBuffer>;
  /** Contribution of each part of the image to the score, [mapSide, mapSide]. */
  readonly map: Float32Array;
}

export interface NewImagesState {
  readonly phase: 'none' | 'scoring' | 'done';
  /** The drop. */
  readonly files: readonly DroppedFile[];
  /** Scored so far, in the order of their paths. */
  readonly images: readonly ScoredNewImage[];
  readonly mapSide: number;
  /** Files that could not be read. */
  readonly skippedFiles: readonly SkippedFile[];
  /** The evaluation whose weights and settings scored them. */
  readonly evaluation: Evaluation | undefined;
  /** Why the scoring ended early. */
  readonly error: PlainError | undefined;
}

/** Side of the pictures in pixels. */
export const pictureSide = 96;

export const initialNewImages: NewImagesState = {
  phase: 'none',
  files: [],
  images: [],
  mapSide: 0,
  skippedFiles: [],
  evaluation: undefined,
  error: undefined,
};
