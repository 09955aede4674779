/** The entries of a .tar, plain or compressed, in one pass. */
import { createTarDecoder } from 'modern-tar';
import * as xz from 'xz-decompress';
import type { ArchiveEntry, ByteStream } from './archive-entry.ts';
import type { ArchiveKind } from './archive-name.ts';
import { chunksOf, followed, type ReadCall } from './read-stream.ts';

/** Node sees a CommonJS module as its default export; a bundler sees the names in it. */
const { XzReadableStream } = 'XzReadableStream' in xz ? xz : (xz as { default: typeof xz }).default;

/** A cut-off .xz ends in chunks of no bytes, for ever. */
const mostEmptyChunks = 1000;

const unxz = (stream: ByteStream): ByteStream => {
  let empty = 0;
  return (new XzReadableStream(stream) as ByteStream).pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) => {
        empty = chunk.length === 0 ? empty + 1 : 0;
        if (empty > mostEmptyChunks) throw new Error('its data end early');
        // The decoder uses its buffer again.
        if (chunk.length > 0) controller.enqueue(chunk.slice());
      },
    }),
  );
};

const decompressed = (kind: ArchiveKind, stream: ByteStream): ByteStream => {
  if (kind === 'tar.gz') return stream.pipeThrough(new DecompressionStream('gzip'));
  return kind === 'tar.xz' ? unxz(stream) : stream;
};

const problems: Readonly<Record<string, string>> = {
  symlink: 'A link: links are not followed.',
  link: 'A link: links are not followed.',
};

/** Reads the entries in their order; each has to be read or left before the next. */
export async function* tarEntries(
  archive: Blob,
  kind: Exclude<ArchiveKind, 'zip'>,
  call: ReadCall,
): AsyncGenerator<ArchiveEntry> {
  const stream = decompressed(kind, followed(archive, call)).pipeThrough(createTarDecoder({ strict: true }));
  for await (const { header, body } of chunksOf(stream)) {
    const type = header.type ?? 'file';
    if (type === 'directory') {
      await body.cancel();
      continue;
    }
    const problem = type === 'file' ? undefined : (problems[type] ?? 'It is neither a file nor a folder.');
    yield { path: header.name, problem, size: header.size, content: () => body as ByteStream };
  }
}
