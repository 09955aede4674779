/** One entry of an archive, before it is checked. */

/** Bytes as they come. */
export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** An entry of an archive. It has a stream of its bytes, or a part of the archive itself. */
export interface ArchiveEntry {
  /** As stored. */
  readonly path: string;
  /** Why it is not read; undefined if it can be. */
  readonly problem: string | undefined;
  /** As declared, in bytes. */
  readonly size: number;
  /** CRC-32 of its bytes, as declared; undefined if the archive has none. */
  readonly checksum?: number;
  readonly content?: () => ByteStream | Promise<ByteStream>;
  readonly blob?: () => Promise<Blob>;
}
