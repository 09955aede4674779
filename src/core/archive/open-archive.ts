/** Opens an archive of images: one pass, one file at a time, and only the files that can be used. */
import { crc32 } from '../crc32.ts';
import { asResiduaError, ResiduaError } from '../errors.ts';
import { isImageName, isSystemFile, partsOf } from '../layout/file-names.ts';
import { isLayoutText } from '../layout/layout-text.ts';
import type { LeftFile } from '../layout/propose-mapping.ts';
import type { ArchiveEntry, ByteStream } from './archive-entry.ts';
import { archiveKind } from './archive-name.ts';
import { entryPath } from './entry-path.ts';
import { archiveLimits, ExpansionGuard, type ExpansionLimits } from './expansion-guard.ts';
import { chunksOf, type ReadCall } from './read-stream.ts';
import { tarEntries } from './tar-entries.ts';
import { zipEntries } from './zip-entries.ts';

/** A file of an archive. */
export interface ArchiveFile {
  /** Inside the archive, '/'-separated. */
  readonly path: string;
  /** Empty if the file is neither an image nor a text about images: only its name is needed. */
  readonly content: Blob;
}

/** Receives a file; the next is read when it resolves. */
export type TakeFile = (file: ArchiveFile) => Promise<void> | void;

const isUsed = (path: string): boolean => isImageName(path) || isLayoutText(path);

const inHex = (checksum: number): string => checksum.toString(16).padStart(8, '0');

/** Reads a stream to its end. @param keep false only counts its bytes */
const drain = async (
  stream: ByteStream,
  { path, size, checksum }: ArchiveEntry,
  guard: ExpansionGuard,
  keep: boolean,
  { signal }: ReadCall,
): Promise<Blob> => {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let found = 0;
  for await (const chunk of chunksOf(stream)) {
    signal?.throwIfAborted();
    length += chunk.length;
    guard.add(chunk.length, length, path);
    if (checksum !== undefined) found = crc32(chunk, found);
    if (keep) chunks.push(chunk);
  }
  if (length !== size) throw new Error(`the file ${path} has ${length} bytes, expected ${size}`);
  if (checksum !== undefined && found !== checksum)
    throw new Error(`the file ${path} has the checksum ${inHex(found)}, expected ${inHex(checksum)}`);
  return new Blob(chunks);
};

const contentOf = async (entry: ArchiveEntry, guard: ExpansionGuard, call: ReadCall): Promise<Blob> => {
  const { path, content, blob } = entry;
  if (blob) {
    if (!isUsed(path)) return new Blob([]);
    const part = await blob();
    // It stays a part of the archive: its bytes are read for the checksum only.
    await drain(part.stream(), entry, guard, false, call);
    return part;
  }
  if (!content) return new Blob([]);
  // The bytes of a packed file in a .zip need not be read to reach the next.
  return drain(await content(), entry, guard, isUsed(path), call);
};

const damaged = (name: string, thrown: unknown): ResiduaError => {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new ResiduaError(
    'archive-invalid',
    `The archive ${name} is damaged, or is not what its name says: ${detail.replace(/\.$/, '')}.`,
    'Download it again, or unpack it yourself and open its folder.',
    { cause: thrown },
  );
};

/**
 * Opens a .zip, .tar, .tar.gz or .tar.xz. Only one file is in memory at a time, if `take` does not hold them.
 * @param name with the end that says its kind
 * @returns the refused files, each with the reason: links, paths out of the archive, second files of a path
 * @throws ResiduaError (as rejection) `archive-invalid` if it is damaged or expands to too much; the signal's reason
 */
export const openArchive = async (
  name: string,
  archive: Blob,
  take: TakeFile,
  call: ReadCall = {},
  limits: ExpansionLimits = archiveLimits,
): Promise<readonly LeftFile[]> => {
  const refused: LeftFile[] = [];
  const seen = new Set<string>();
  const guard = new ExpansionGuard(name, archive.size, limits);
  const kind = archiveKind(name);
  try {
    if (!kind) throw new Error('it is no .zip, .tar, .tar.gz or .tar.xz');
    const entries = kind === 'zip' ? zipEntries(archive, call) : tarEntries(archive, kind, call);
    for await (const entry of entries) {
      call.signal?.throwIfAborted();
      guard.begin(entry.path, entry.size);
      const checked = entryPath(entry.path);
      const isSystem = 'path' in checked && isSystemFile(partsOf(checked.path));
      const problem = entry.problem ?? ('problem' in checked ? checked.problem : undefined);
      const repeated = 'path' in checked && seen.has(checked.path);
      if (problem !== undefined || repeated || isSystem || 'problem' in checked) {
        if (entry.content && kind !== 'zip') await drain(await entry.content(), entry, guard, false, call);
        if (isSystem) continue;
        const reason = problem ?? 'A second file of this path: the first is used.';
        refused.push({ path: entry.path, reason });
        continue;
      }
      seen.add(checked.path);
      const used = kind !== 'zip' || isUsed(checked.path);
      await take({ path: checked.path, content: used ? await contentOf(entry, guard, call) : new Blob([]) });
    }
  } catch (thrown) {
    call.signal?.throwIfAborted();
    throw thrown instanceof ResiduaError ? asResiduaError(thrown) : damaged(name, thrown);
  }
  return refused;
};
