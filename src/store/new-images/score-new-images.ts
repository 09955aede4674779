/** Decodes and scores dropped images, some at a time, so that their number is not bounded by memory. */
import type { ImageMap } from '#core/anomaly-maps/stitch.ts';
import type { ImageSet, SampleInfo, SkippedFile } from '#core/dataset.ts';
import { asResiduaError } from '#core/errors.ts';
import type { Framing } from '#core/fit.ts';
import { joinBytes } from '#core/join-bytes.ts';
import { regionOf } from '#core/picture-region.ts';
import { picturesOf } from '#core/tiles.ts';
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
  const images = decoded.map(
    ({ path, sample: { width, height } }): SampleInfo => ({
      ...{ path, split: 'test', defectType: 'unknown', anomalous: false, hasMask: false, width, height },
    }),
  );
  return {
    name: 'new images',
    side,
    fit,
    samples: picturesOf(images, fit),
    pixels: joinBytes(decoded.map(({ sample }) => sample.pixels)),
    masks: new Uint8Array(0),
  };
};

/**
 * Reduces a map to a square by the largest value of each block, so that no small peak is lost. One that is not square lies in
 * the middle, as its padded picture does.
 * @param side of the result, at most that of the map
 */
export const reducedMap = ({ map, width, height }: ImageMap, side: number): Float32Array => {
  const reduced = new Float32Array(side * side);
  const { left, top, width: from } = regionOf(width, height, 'pad');
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const to = Math.floor(((row - top) * side) / from) * side + Math.floor(((column - left) * side) / from);
      reduced[to] = Math.max(reduced[to], map[row * width + column]);
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
          scored.push({
            ...{ path, score: scores[row], picture: sample.thumbnail },
            map: reducedMap(maps[row], mapSide),
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
