/** Finds the categories in a drop, and decodes one in a pool of workers. */

import type { Category, ImageSet, MappedFiles, SampleSource, SkippedFile } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { Framing } from '#core/fit.ts';
import type { Mapping } from '#core/layout/roles.ts';
import type { DecodeOutcome } from '#data/assemble.ts';
import type { DecodedSample, DecodeJob, OriginalImage } from '#data/decode/decode-sample.ts';
import type { DroppedFile, ScanResult } from '#data/scan/scan-files.ts';
import type { OpenedFiles } from './archive-client.ts';
import { RpcClient } from './rpc.ts';

export type { DecodedSample, OriginalImage } from '#data/decode/decode-sample.ts';
export type { DroppedFile, ScanResult } from '#data/scan/scan-files.ts';
export { type SampleKind, sampleCategory } from '#data/synthetic/sample-category.ts';
export type { OpenedFiles } from './archive-client.ts';

/**
 * Finds the categories among dropped files. The code for it loads with the first drop.
 * @param mappings roles in place of the proposed ones
 * @throws ResiduaError (as rejection) `not-a-category` if there is none
 */
export const scanFiles = async (
  files: readonly DroppedFile[],
  mappings?: readonly Mapping[],
): Promise<ScanResult> => {
  const { scanDrop } = await import('#data/scan/scan-drop.ts');
  return scanDrop(files, mappings);
};

// The whole lists of names are loaded with the first drop.
const archiveEnd = /\.(zip|tar|tgz|txz|tar\.[gx]z)$/i;

/** Whether a path has the end of an image. */
export const isImagePath = ({ path }: Pick<DroppedFile, 'path'>): boolean =>
  /\.(png|jpe?g|webp|bmp|tiff?)$/i.test(path);

/** The archives to open in a drop. Beside folders with images they are left closed: the folders are meant. */
export const archivesIn = (files: readonly DroppedFile[]): readonly DroppedFile[] => {
  const archives = files.filter(({ path }) => archiveEnd.test(path));
  return archives.length > 0 && !files.some(isImagePath) ? archives : [];
};

/**
 * Opens the archives in a drop; without one it returns the files at once.
 * @param onOpening receives the name of an archive and the share of it that is open
 * @throws ResiduaError (as rejection) `archive-invalid`, `cancelled`
 */
export const openArchives = async (
  files: readonly DroppedFile[],
  onOpening: (name: string, share: number) => void,
  signal: AbortSignal,
): Promise<OpenedFiles> => {
  const archives = archivesIn(files);
  if (archives.length === 0) return { files, skippedFiles: [] };
  const client = await import('./archive-client.ts');
  const opened = await client.openArchives(
    archives.map(({ file }) => file),
    onOpening,
    signal,
  );
  return { ...opened, files: [...files.filter((file) => !archives.includes(file)), ...opened.files] };
};

/** Builds the category of a mapping. It may have no training images. */
export const applyMapping = async (mapped: MappedFiles): Promise<Category> => {
  const { buildMapped } = await import('#data/scan/build-mapped.ts');
  return buildMapped(mapped);
};

/** Thumbnails of all samples of an image set, in its order. */
export interface Thumbnails {
  /** Side of each thumbnail in pixels. */
  readonly side: number;
  /**
   * RGBA bytes, [samples.length, side, side, 4], opaque. The n-th is
   * `new ImageData(pixels.subarray(n * side * side * 4, (n + 1) * side * side * 4), side, side)`.
   */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** A category decoded with one framing. */
export interface DecodedCategory {
  readonly images: ImageSet;
  /** All skipped files: the category's own, followed by those that could not be decoded. */
  readonly skippedFiles: readonly SkippedFile[];
  readonly thumbnails: Thumbnails;
  /** All notices: the category's own, followed by those from decoding. */
  readonly notices: readonly string[];
  /** SHA-256 of the images' files by path; images without a hash are absent. */
  readonly contentHashes: ReadonlyMap<string, string>;
}

/** Progress, cancellation and comparison of a decoding. */
export interface DecodeOptions {
  /** Called after each image with the number of completed images and the total. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects the decoding with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Other categories of the same folder. Their training images are compared with this category's by content. */
  readonly others?: readonly Category[];
}

/** Decodes categories in workers, which start with the first decoding and are reused. */
export interface DatasetClient {
  /**
   * Decodes and resizes all samples of a category.
   * @throws ResiduaError (as rejection) `unreadable-image` if no training image could be decoded,
   *   `out-of-memory` if the arrays do not fit
   */
  decode(category: Category, framing: Framing, options?: DecodeOptions): Promise<DecodedCategory>;
  /**
   * Decodes one image without a resize.
   * @throws ResiduaError (as rejection) `unreadable-image` if it cannot be decoded any more
   */
  original(source: SampleSource): Promise<OriginalImage>;
  /**
   * Decodes one image with its masks.
   * @param thumbnailSide in pixels; the same side if omitted
   * @throws ResiduaError (as rejection) `unreadable-image`
   */
  preview(source: SampleSource, framing: Framing, thumbnailSide?: number): Promise<DecodedSample>;
  /** Ends the workers; a decoding in progress is rejected. */
  dispose(): void;
}

/** Request name -> [arguments, result] of a decode worker. */
export interface DecodeRequests {
  /** Decodes a sample; the arrays of the result are transferred. */
  decode: [DecodeJob, DecodedSample];
  /** Decodes an image at its own size; the array of the result is transferred. */
  original: [SampleSource, OriginalImage];
}

/** The part of a worker that the pool needs. */
export type DecodeWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

const mostWorkers = 4;

/** Number of workers to start on this machine: all cores except one, 1 to 4. */
export const decodeWorkerCount = (cores: number): number => Math.max(1, Math.min(mostWorkers, cores - 1));

interface PoolMember {
  readonly worker: DecodeWorker;
  readonly rpc: RpcClient<DecodeRequests, Record<never, never>>;
}

const ended = (why: string): ResiduaError =>
  new ResiduaError(
    'internal',
    `A decode worker ended: ${why}.`,
    'Load the images again. If that fails too, reload the page.',
  );

/** Decodes lists of images on workers that start with the first list. */
export class DecodePool {
  private members: PoolMember[] = [];

  constructor(
    private readonly size: number,
    private readonly startWorker: () => DecodeWorker,
  ) {}

  /**
   * Decodes all jobs; an unreadable image is an outcome, not a failure.
   * @param onOutcome called once for each job, in any order
   * @throws ResiduaError (as rejection) any other failure; the signal's reason if it was aborted
   */
  async decodeAll(
    jobs: readonly DecodeJob[],
    onOutcome: (index: number, outcome: DecodeOutcome) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    signal?.throwIfAborted();
    let next = 0;
    let failed = false;
    const work = async ({ rpc }: PoolMember): Promise<void> => {
      while (next < jobs.length && !failed) {
        const index = next++;
        const outcome = await this.decodeOne(rpc, jobs[index]);
        signal?.throwIfAborted();
        if (!failed) onOutcome(index, outcome);
      }
    };
    try {
      await Promise.all(this.start(jobs.length).map(work));
    } catch (thrown) {
      failed = true;
      throw thrown;
    }
  }

  /** Decodes an image at its own size. @throws ResiduaError (as rejection) */
  async original(source: SampleSource): Promise<OriginalImage> {
    const [member] = this.start(1);
    if (!member) throw ended('it did not start');
    return member.rpc.send('original', source);
  }

  /** Decodes one image. @throws ResiduaError (as rejection) */
  async preview(job: DecodeJob): Promise<DecodedSample> {
    const [member] = this.start(1);
    if (!member) throw ended('it did not start');
    return member.rpc.request('decode', job);
  }

  /** Ends all workers; jobs in progress are rejected. The next list starts new workers. */
  dispose(why = 'it was no longer needed'): void {
    const members = this.members;
    this.members = [];
    for (const { worker, rpc } of members) {
      worker.terminate();
      rpc.rejectAll(ended(why));
    }
  }

  private async decodeOne(rpc: PoolMember['rpc'], job: DecodeJob): Promise<DecodeOutcome> {
    try {
      return await rpc.request('decode', job);
    } catch (thrown) {
      if (thrown instanceof ResiduaError && thrown.code === 'unreadable-image') return thrown;
      throw thrown;
    }
  }

  private start(jobCount: number): readonly PoolMember[] {
    while (this.members.length < Math.min(this.size, jobCount)) {
      const worker = this.startWorker();
      const rpc = new RpcClient<DecodeRequests, Record<never, never>>(worker);
      worker.addEventListener('error', (event) => this.dispose(event.message || 'it failed to load'));
      this.members.push({ worker, rpc });
    }
    return this.members;
  }
}

/** Side of the thumbnails in pixels. */
const thumbnailSide = 96;

/** Loaded with the first category, because the page does not need this code for its first paint. */
const loadAssembly = async () => {
  const [{ CategoryAssembly }, { foreignImagesOf }] = await Promise.all([
    import('#data/assemble.ts'),
    import('#data/duplicates/foreign-images.ts'),
  ]);
  return { CategoryAssembly, foreignImagesOf };
};

/** Creates a client; starts nothing yet. */
export const createDatasetClient = (): DatasetClient => {
  const pool = new DecodePool(
    decodeWorkerCount(navigator.hardwareConcurrency),
    () => new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    decode: async (category, { side, fit }, { onProgress, signal, others = [] } = {}) => {
      const { CategoryAssembly, foreignImagesOf } = await loadAssembly();
      const total = category.samples.length;
      const jobs = category.samples.map(({ source }) => ({ source, side, fit, thumbnailSide }));
      const assembly = new CategoryAssembly(category, { side, fit }, thumbnailSide);
      let done = 0;
      await pool.decodeAll(
        jobs,
        (index, outcome) => {
          assembly.add(index, outcome);
          onProgress?.(++done, total);
        },
        signal,
      );
      const { images, thumbnails, contentHashes, ...decoded } = assembly.finish();
      const foreign = await foreignImagesOf(category, contentHashes, others, signal);
      return {
        ...decoded,
        contentHashes,
        images: { ...images, facts: { ...images.facts, foreign } },
        thumbnails: { side: thumbnailSide, pixels: thumbnails },
      };
    },
    original: (source) => pool.original(source),
    preview: (source, { side, fit }, thumbnailSide = side) =>
      pool.preview({ source, side, fit, thumbnailSide }),
    dispose: () => pool.dispose(),
  };
};
