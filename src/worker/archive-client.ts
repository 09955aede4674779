/** The page's client of the archive worker, which runs while an archive is opened. Loaded with the first one. */
import { archiveStem } from '#core/archive/archive-name.ts';
import type { ArchiveFile } from '#core/archive/open-archive.ts';
import type { SkippedFile } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { LeftFile } from '#core/layout/propose-mapping.ts';
import type { DroppedFile } from '#data/scan/scan-files.ts';
import { type RequestCall, RpcClient } from './rpc.ts';

/** Files after archives among them were opened, and the files that the archives could not give. */
export interface OpenedFiles {
  readonly files: readonly DroppedFile[];
  readonly skippedFiles: readonly SkippedFile[];
}

/** Request name -> [arguments, result] of the archive worker. */
export interface ArchiveRequests {
  open: [
    { readonly name: string; readonly archive: Blob },
    { readonly files: readonly ArchiveFile[]; readonly refused: readonly LeftFile[] },
  ];
}

const startWorker = (): Worker =>
  new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' });

/** The files in an archive, below a folder that is named after it. */
const openOne = async (
  rpc: RpcClient<ArchiveRequests, Record<never, never>>,
  archive: File,
  call: RequestCall,
): Promise<OpenedFiles> => {
  const { name } = archive;
  const { files, refused } = await rpc.request('open', { name, archive }, call);
  return {
    files: files.map(({ path, content }) => ({
      path: `${archiveStem(name)}/${path}`,
      // A file of a blob refers to its bytes, and copies none.
      file: new File([content], path.split('/').at(-1) ?? path),
    })),
    skippedFiles: refused.map(({ path, reason }) => ({ path: `${name}: ${path}`, reason })),
  };
};

/**
 * Opens archives, one after the other.
 * @param onOpening receives the name of the archive and the share that is done
 * @throws ResiduaError (as rejection) `archive-invalid`, `cancelled`
 */
export const openArchives = async (
  archives: readonly File[],
  onOpening: (name: string, share: number) => void,
  signal: AbortSignal,
): Promise<OpenedFiles> => {
  const worker = startWorker();
  const rpc = new RpcClient<ArchiveRequests, Record<never, never>>(worker);
  worker.addEventListener('error', ({ message }) =>
    rpc.rejectAll(
      new ResiduaError(
        'internal',
        `The archive worker ended: ${message || 'it failed to load'}.`,
        'Try again.',
      ),
    ),
  );
  const files: OpenedFiles['files'][number][] = [];
  const skippedFiles: SkippedFile[] = [];
  try {
    for (const archive of archives) {
      onOpening(archive.name, 0);
      const opened = await openOne(rpc, archive, {
        signal,
        onProgress: ({ share }) => onOpening(archive.name, share),
      });
      files.push(...opened.files);
      skippedFiles.push(...opened.skippedFiles);
    }
    return { files, skippedFiles };
  } finally {
    worker.terminate();
  }
};
