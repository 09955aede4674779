/** Decodes and scores dropped images, some at a time, so that their number is not bounded by memory. */
import type { ImageSet, SkippedFile } from '#core/dataset.ts';
import { asResiduaError } from '#core/errors.ts';
import type { Framing } from '#core/fit.ts';
import type { DecodedSample, DroppedFile } from '#worker/dataset-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { latestEvaluation } from '../run/state.ts';
import { initialNewImages, pictureSide, type ScoredNewImage } from './state.ts';

/** Images per request: progress and cancellation come at least this often. */
const atOnce = 16;

interface Decoded {
  readonly path: string;
  readonly sample: DecodedSample;
}

const imageSetOf = (decoded: readonly Decoded[], { side, fit }: Framing): ImageSet => {
  const length = side * side * 3;
  const pixels = new Uint8Array(decoded.length * length);
  for (const [row, { sample }] of decoded.entries()) pixels.set(sample.pixels, row * length);
  return {
    name: 'new images',
    side,
    fit,
    samples: decoded.map(({ path, sample: { width, height } }) => ({
      ...{ path, split: 'test', defectType: 'unknown', anomalous: false, hasMask: false, width, height },
    })),
    pixels,
    masks: new Uint8Array(0),
  };
};

/**
 * Reduces a map to at most `side` by the largest value of each block, so that no small peak is lost.
 * @param map [S, S]
 */
export const reducedMap = (map: Float32Array, from: number, side: number): Float32Array => {
  if (from <= side) return map.slice();
  const reduced = new Float32Array(side * side);
  for (let row = 0; row < from; row++) {
    for (let column = 0; column < from; column++) {
      const to = Math.floor((row * side) / from) * side + Math.floor((column * side) / from);
      reduced[to] = Math.max(reduced[to], map[row * from + column]);
    }
  }
  return reduced;
};

const decodeSome = async (
  files: readonly DroppedFile[],
  framing: Framing,
  { dataset }: Pick<Clients, 'dataset'>,
): Promise<{ readonly decoded: readonly Decoded[]; readonly skipped: readonly SkippedFile[] }> => {
  const decoded: Decoded[] = [];
  const skipped: SkippedFile[] = [];
  await Promise.all(
    files.map(async ({ path, file }) => {
      try {
        const sample = await dataset.preview({ kind: 'file', image: file, masks: [] }, framing, pictureSide);
        decoded.push({ path, sample });
      } catch (thrown) {
        skipped.push({ path, reason: asResiduaError(thrown).problem });
      }
    }),
  );
  return { decoded, skipped };
};

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path.localeCompare(b.path, undefined, { numeric: true });

/** Scores the images by the last evaluation of the present run, and shows each part as it is done. */
export const scoreNewImages = async (
  api: StateApi,
  clients: Pick<Clients, 'dataset' | 'training'>,
  dropped: readonly DroppedFile[],
  signal: AbortSignal,
): Promise<void> => {
  const { run, dataset } = api.getState();
  const evaluation = latestEvaluation(run);
  const { loaded } = dataset;
  if (!evaluation || !loaded) return;
  const { side } = loaded;
  const files = dropped.toSorted(byPath);
  const mapSide = Math.min(side, pictureSide);
  patch(api, 'newImages', { ...initialNewImages, phase: 'scoring', files, mapSide, evaluation });
  try {
    for (let at = 0; at < files.length; at += atOnce) {
      const { decoded, skipped } = await decodeSome(files.slice(at, at + atOnce), loaded, clients);
      signal.throwIfAborted();
      const images = decoded.toSorted(byPath);
      const scored: ScoredNewImage[] = [];
      if (images.length > 0) {
        const { scores, maps } = await clients.training.request('scoreImages', imageSetOf(images, loaded), {
          signal,
        });
        for (const [row, { path, sample }] of images.entries()) {
          const map = maps.subarray(row * side * side, (row + 1) * side * side);
          scored.push({
            ...{ path, score: scores[row], picture: sample.thumbnail },
            map: reducedMap(map, side, mapSide),
          });
        }
      }
      signal.throwIfAborted();
      const { newImages } = api.getState();
      patch(api, 'newImages', {
        images: [...newImages.images, ...scored],
        skippedFiles: [...newImages.skippedFiles, ...skipped],
      });
    }
    patch(api, 'newImages', { phase: 'done' });
  } catch (thrown) {
    if (signal.aborted) return;
    patch(api, 'newImages', { phase: 'done', error: asResiduaError(thrown).toPlain() });
  }
};
