/** Builds TIFF files for tests: one image in strips or tiles, of any kind that we read. */
import { zlibSync } from 'fflate';

/** The kind of a built TIFF. */
export interface TiffKind {
  readonly width: number;
  /** 1, 8 or 16 in the images that we read. */
  readonly bits: number;
  readonly samples: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly photometric: number;
  readonly compression?: 'plain' | 'lzw' | 'deflate';
  readonly rowsPerStrip?: number;
  /** Width and height of tiles, in place of strips. */
  readonly tile?: readonly [width: number, height: number];
  /** Whether each sample has a plane of its own. */
  readonly planar?: boolean;
  readonly bigEndian?: boolean;
  /** Stores the differences of neighbors. */
  readonly predictor?: boolean;
  /** More tags with one SHORT value each, or several. */
  readonly tags?: Readonly<Record<number, readonly number[]>>;
}

/** LZW as TIFF has it: codes of 9 to 12 bits, longer one code early. */
export const lzw = (bytes: Uint8Array): Uint8Array => {
  const out: number[] = [];
  let bits = 9;
  let table = new Map<string, number>();
  let next = 258;
  let pending = '';
  const emit = (code: number): void => {
    for (let bit = bits - 1; bit >= 0; bit--) out.push((code >> bit) & 1);
  };
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) ?? 0));
  emit(256);
  for (const byte of bytes) {
    const longer = pending + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      pending = longer;
      continue;
    }
    emit(codeOf(pending));
    table.set(longer, next++);
    if (next === 512 || next === 1024 || next === 2048) bits++;
    if (next === 4094) {
      emit(256);
      table = new Map();
      next = 258;
      bits = 9;
    }
    pending = String.fromCharCode(byte);
  }
  if (pending !== '') emit(codeOf(pending));
  // The decoder is one entry behind, and adds one for the last string too.
  if (next === 511 || next === 1023 || next === 2047) bits++;
  emit(257);
  const packed = new Uint8Array(Math.ceil(out.length / 8));
  for (const [at, bit] of out.entries()) packed[at >> 3] |= bit << (7 - (at & 7));
  return packed;
};

const compressed = (bytes: Uint8Array, kind: TiffKind['compression']): Uint8Array =>
  kind === 'lzw' ? lzw(bytes) : kind === 'deflate' ? zlibSync(bytes) : bytes;

const compressionTag = { plain: 1, lzw: 5, deflate: 8 } as const;

/** Rows of a piece: a tile or a strip, of one plane or of all samples. Tiles are filled up with zeros. */
const piecesOf = (kind: TiffKind, values: readonly number[], height: number): readonly number[][][] => {
  const { width, samples, tile, planar = false } = kind;
  const [pieceWidth, pieceHeight] = tile ?? [width, kind.rowsPerStrip ?? height];
  const planes = planar ? samples : 1;
  const pieces: number[][][] = [];
  for (let plane = 0; plane < planes; plane++)
    for (let top = 0; top < height; top += pieceHeight)
      for (let left = 0; left < width; left += pieceWidth) {
        const rows = tile ? pieceHeight : Math.min(pieceHeight, height - top);
        const own = planar ? [plane] : Array.from({ length: samples }, (_, sample) => sample);
        pieces.push(
          Array.from({ length: rows }, (_, y) =>
            Array.from({ length: pieceWidth }, (_, x) =>
              own.map((sample) =>
                left + x < width && top + y < height
                  ? (values[((top + y) * width + left + x) * samples + sample] ?? 0)
                  : 0,
              ),
            ).flat(),
          ),
        );
      }
  return pieces;
};

/** The bytes of a row. */
const packed = (row: readonly number[], bits: number, bigEndian: boolean): readonly number[] => {
  if (bits === 16)
    return row.flatMap((value) => (bigEndian ? [value >> 8, value & 255] : [value & 255, value >> 8]));
  if (bits !== 1) return row.map((value) => value & 255);
  return Array.from({ length: Math.ceil(row.length / 8) }, (_, at) =>
    row.slice(at * 8, at * 8 + 8).reduce((byte, bit, place) => byte | (bit << (7 - place)), 0),
  );
};

/**
 * Returns the bytes of a file.
 * @param values of all samples, pixel by pixel
 */
export const tiff = (kind: TiffKind, values: readonly number[]): Uint8Array<ArrayBuffer> => {
  const { width, bits, samples, photometric, compression = 'plain', bigEndian = false, tile } = kind;
  const height = values.length / (width * samples);
  const rowsPerStrip = kind.rowsPerStrip ?? height;
  const step = kind.planar ? 1 : samples;
  const strips = piecesOf(kind, values, height).map((rows) => {
    const stored = kind.predictor
      ? rows.map((row) =>
          row.map((value, at) => (at < step ? value : (value - (row[at - step] ?? 0)) & (2 ** bits - 1))),
        )
      : rows;
    return compressed(Uint8Array.from(stored.flatMap((row) => packed(row, bits, bigEndian))), compression);
  });
  const offsets: number[] = [];
  let end = 8;
  for (const { length } of strips) {
    offsets.push(end);
    end += length + (length % 2);
  }
  const tags: Record<number, readonly number[]> = {
    256: [width],
    257: [height],
    258: Array.from({ length: samples }, () => bits),
    259: [compressionTag[compression]],
    262: [photometric],
    277: [samples],
    [tile ? 324 : 273]: offsets,
    [tile ? 325 : 279]: strips.map(({ length }) => length),
    ...(tile ? { 322: [tile[0]], 323: [tile[1]] } : { 278: [rowsPerStrip] }),
    ...(kind.planar && { 284: [2] }),
    ...(kind.predictor && { 317: [2] }),
    ...kind.tags,
  };
  const entries = Object.entries(tags).map(([tag, list]) => ({ tag: Number(tag), list }));
  const listsAt = end + 2 + entries.length * 12 + 4;
  const bytes = new Uint8Array(listsAt + entries.reduce((sum, { list }) => sum + list.length * 4, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(bigEndian ? [0x4d, 0x4d] : [0x49, 0x49]);
  view.setUint16(2, 42, !bigEndian);
  view.setUint32(4, end, !bigEndian);
  for (const [at, strip] of strips.entries()) bytes.set(strip, offsets[at]);
  view.setUint16(end, entries.length, !bigEndian);
  let list = listsAt;
  for (const [index, entry] of entries.entries()) {
    const at = end + 2 + index * 12;
    view.setUint16(at, entry.tag, !bigEndian);
    // LONG
    view.setUint16(at + 2, 4, !bigEndian);
    view.setUint32(at + 4, entry.list.length, !bigEndian);
    if (entry.list.length === 1) view.setUint32(at + 8, entry.list[0], !bigEndian);
    else {
      view.setUint32(at + 8, list, !bigEndian);
      for (const value of entry.list) {
        view.setUint32(list, value, !bigEndian);
        list += 4;
      }
    }
  }
  return bytes;
};
