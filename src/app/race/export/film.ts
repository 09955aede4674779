/** The race as a film: figures drawn on a canvas and recorded by the browser's own recorder. */
import { cancelled, ResiduaError } from '#core/errors.ts';
import type { Figure } from '../../plot/export/figure.ts';
import { drawFigure, loadFigureFonts } from '../../plot/export/figure-canvas.ts';

/** Kinds of files, the preferred first. */
const filmTypes = [
  { type: 'video/webm;codecs=vp9', ending: 'webm' },
  { type: 'video/webm;codecs=vp8', ending: 'webm' },
  { type: 'video/webm', ending: 'webm' },
  { type: 'video/mp4', ending: 'mp4' },
] as const;

export type FilmType = (typeof filmTypes)[number];

/**
 * The kind of file that this browser can record; undefined if it can record none.
 * @param isSupported such as `MediaRecorder.isTypeSupported`
 */
export const filmType = (isSupported: (type: string) => boolean): FilmType | undefined =>
  filmTypes.find(({ type }) => isSupported(type));

/** The kind of film of this browser; undefined if it has no recorder, or cannot record a canvas. */
export const ownFilmType = (): FilmType | undefined =>
  typeof MediaRecorder === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype)
    ? undefined
    : filmType((type) => MediaRecorder.isTypeSupported(type));

export interface FilmCall {
  readonly signal: AbortSignal;
  /** @param done fraction of the film, 0 to 1 */
  readonly onProgress: (done: number) => void;
}

/** Milliseconds of each figure, and of the last one. */
const figureMs = 350;
const lastFigureMs = 1800;
/** A corner is drawn again at this interval: a canvas that does not change gives no frames. */
const redrawMs = 50;
/** Pixels of the film per unit of the figure. */
const filmScale = 1.5;
const bitsPerSecond = 8_000_000;

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Records figures of one size, in real time.
 * @throws ResiduaError `cancelled`, or if the browser cannot record
 */
export const recordFilm = async (
  figures: readonly Figure[],
  { type }: FilmType,
  { signal, onProgress }: FilmCall,
): Promise<Blob> => {
  const [first] = figures;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!first || !context)
    throw new ResiduaError('internal', 'There is nothing to film.', 'Wait for the second evaluation.');
  canvas.width = first.width * filmScale;
  canvas.height = first.height * filmScale;
  context.scale(filmScale, filmScale);
  await loadFigureFonts(first);
  drawFigure(context, first);
  const recorder = new MediaRecorder(canvas.captureStream(), {
    mimeType: type,
    videoBitsPerSecond: bitsPerSecond,
  });
  const parts: Blob[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    recorder.onstop = () => resolve();
    recorder.onerror = () =>
      reject(
        new ResiduaError('internal', 'The browser could not record the film.', 'Export the figure instead.'),
      );
  });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  const startMs = performance.now();
  let drawn = 0;
  const totalMs = (figures.length - 1) * figureMs + lastFigureMs;
  for (let elapsedMs = 0; elapsedMs < totalMs && !signal.aborted; elapsedMs = performance.now() - startMs) {
    const due = Math.min(figures.length - 1, Math.floor(elapsedMs / figureMs));
    if (due === drawn) context.fillRect(0, 0, 1, 1);
    else drawFigure(context, figures[due]!);
    drawn = due;
    onProgress(elapsedMs / totalMs);
    await wait(redrawMs);
  }
  recorder.stop();
  await ended;
  if (signal.aborted) throw cancelled();
  return new Blob(parts, { type });
};
