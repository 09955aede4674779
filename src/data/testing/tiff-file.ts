/** Builds TIFF files for tests: one image in strips, of any kind that we read. */
import { zlibSync } from 'fflate';

/** The kind of a built TIFF. */
export interface TiffKind {
  readonly width: number;
  /** 8 or 16 in the images that we read. */
  readonly bits: number;
  readonly samples: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly photometric: number;
  readonly compression?: 'plain' | 'lzw' | 'deflate';
  readonly rowsPerStrip?: number;
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

/**
 * Returns the bytes of a file.
 * @param values of all samples, pixel by pixel
 */
export const tiff = (kind: TiffKind, values: readonly number[]): Uint8Array<ArrayBuffer> => {
  const { width, bits, samples, photometric, compression = 'plain', bigEndian = false } = kind;
  const rowLength = width * samples;
  const height = values.length / rowLength;
  const rowsPerStrip = kind.rowsPerStrip ?? height;
  const stored = kind.predictor
    ? values.map((value, at) =>
        at % rowLength < samples ? value : (value - values[at - samples]) & (2 ** bits - 1),
      )
    : values;
  const strips: Uint8Array[] = [];
  for (let row = 0; row < height; row += rowsPerStrip) {
    const part = stored.slice(row * rowLength, (row + rowsPerStrip) * rowLength);
    const raw = new DataView(new ArrayBuffer((part.length * bits) / 8));
    for (const [at, value] of part.entries()) {
      if (bits === 16) raw.setUint16(at * 2, value, !bigEndian);
      else raw.setUint8(at, value);
    }
    strips.push(compressed(new Uint8Array(raw.buffer), compression));
  }
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
    273: offsets,
    277: [samples],
    278: [rowsPerStrip],
    279: strips.map(({ length }) => length),
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
