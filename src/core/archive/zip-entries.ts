/** The entries of a .zip by its list of files, which lies at the end; of each, only its own bytes are read. */
import type { ArchiveEntry } from './archive-entry.ts';
import type { ReadCall } from './read-stream.ts';

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const end64LocatorSignature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
/** The end may be followed by a comment of up to 64 KiB. */
const tailBytes = endBytes + 65_535;
const in64 = 0xffffffff;
/** 100 bytes for each of a million files, and more. */
const mostListBytes = 256 * 2 ** 20;

const viewOf = async (blob: Blob): Promise<DataView> => new DataView(await blob.arrayBuffer());

const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

interface FileList {
  readonly at: number;
  readonly bytes: number;
  readonly count: number;
}

const findList = async (archive: Blob): Promise<FileList> => {
  const tailAt = Math.max(0, archive.size - tailBytes);
  const tail = await viewOf(archive.slice(tailAt));
  let end = tail.byteLength - endBytes;
  while (end >= 0 && tail.getUint32(end, true) !== endSignature) end--;
  if (end < 0) throw new Error('its list of files is missing');
  const list = {
    count: tail.getUint16(end + 10, true),
    bytes: tail.getUint32(end + 12, true),
    at: tail.getUint32(end + 16, true),
  };
  const locator = end - 20;
  if (locator < 0 || tail.getUint32(locator, true) !== end64LocatorSignature) return list;
  const end64 = await viewOf(archive.slice(big(tail, locator + 8), big(tail, locator + 8) + 56));
  if (end64.byteLength < 56 || end64.getUint32(0, true) !== end64Signature)
    throw new Error('its list of files is damaged');
  return { count: big(end64, 32), bytes: big(end64, 40), at: big(end64, 48) };
};

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin = new TextDecoder('latin1');

/** Names are UTF-8 by now; old programs wrote the system's own letters. */
const nameOf = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin.decode(bytes);
  }
};

/** The sizes and the offset of a large file, which replace the values that do not fit in 32 bits. */
const largeValues = (extra: DataView, wanted: readonly boolean[]): readonly (number | undefined)[] => {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    return wanted.map((isWanted) => {
      if (!isWanted) return undefined;
      next += 8;
      return big(extra, next - 8);
    });
  }
  return [];
};

interface Listed {
  readonly path: string;
  readonly problem: string | undefined;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly localAt: number;
}

const unix = 3;
const fileTypeMask = 0xf000;
const symlinkType = 0xa000;
const methods = { stored: 0, deflated: 8 } as const;

const problemOf = (flags: number, method: number, madeBy: number, attributes: number): string | undefined => {
  if (flags & 1) return 'It is encrypted.';
  if (madeBy >> 8 === unix && ((attributes >>> 16) & fileTypeMask) === symlinkType)
    return 'A link: links are not followed.';
  if (method !== methods.stored && method !== methods.deflated)
    return `It is packed by method ${method}: only stored and deflated files are read.`;
  return undefined;
};

/** Reads one line of the list, and where the next begins. */
const readListed = (list: DataView, at: number): { readonly listed: Listed; readonly next: number } => {
  if (at + 46 > list.byteLength || list.getUint32(at, true) !== entrySignature)
    throw new Error('its list of files is damaged');
  const lengths = [28, 30, 32].map((offset) => list.getUint16(at + offset, true));
  const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
  const next = at + 46 + nameLength + extraLength + commentLength;
  if (next > list.byteLength) throw new Error('its list of files is damaged');
  const inList = (offset: number, length: number) =>
    new Uint8Array(list.buffer, list.byteOffset + at + offset, length);
  const small = [24, 20, 42].map((offset) => list.getUint32(at + offset, true));
  const extra = inList(46 + nameLength, extraLength);
  const large = largeValues(
    new DataView(extra.buffer, extra.byteOffset, extra.length),
    small.map((value) => value === in64),
  );
  const [size = 0, packed = 0, localAt = 0] = small.map((value, index) => large[index] ?? value);
  const method = list.getUint16(at + 10, true);
  const listed = {
    path: nameOf(inList(46, nameLength)),
    problem: problemOf(
      list.getUint16(at + 8, true),
      method,
      list.getUint16(at + 4, true),
      list.getUint32(at + 38, true),
    ),
    checksum: list.getUint32(at + 16, true),
    ...{ method, packed, size, localAt },
  };
  return { listed, next };
};

/** The packed bytes of a file, without its own header. */
const packedBytes = async (archive: Blob, { localAt, packed, path }: Listed): Promise<Blob> => {
  const header = await viewOf(archive.slice(localAt, localAt + 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== localSignature)
    throw new Error(`the file ${path} is not where its list says`);
  const start = localAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const bytes = archive.slice(start, start + packed);
  if (bytes.size < packed) throw new Error(`the file ${path} ends early`);
  return bytes;
};

/** Reads the entries in the order of the list. */
export async function* zipEntries(
  archive: Blob,
  { onProgress, signal }: ReadCall,
): AsyncGenerator<ArchiveEntry> {
  const { at, bytes, count } = await findList(archive);
  if (bytes > mostListBytes || at + bytes > archive.size) throw new Error('its list of files is damaged');
  const list = await viewOf(archive.slice(at, at + bytes));
  let next = 0;
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted();
    const { listed, next: after } = readListed(list, next);
    next = after;
    onProgress?.((index + 1) / count);
    if (listed.path.endsWith('/')) continue;
    const { path, problem, size, checksum, method } = listed;
    if (method === methods.stored) {
      yield { path, problem, size, checksum, blob: () => packedBytes(archive, listed) };
    } else {
      yield {
        ...{ path, problem, size, checksum },
        content: async () =>
          (await packedBytes(archive, listed)).stream().pipeThrough(new DecompressionStream('deflate-raw')),
      };
    }
  }
}
