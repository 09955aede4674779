/** Reads TIFFs in tiles, or with one plane per color: as strips of other images, which the library can read. */
import type { TiffIfd } from 'tiff';

/** Values of an image pixel by pixel, [height, width, samples]. */
export type TiffValues = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The pieces of an image: tiles, or the strips of several planes. */
export interface TiffBlocks {
  /** Of a piece, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pieces side by side, and below each other. */
  readonly across: number;
  readonly down: number;
  readonly planes: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
}

const long = 4;
const headerBytes = 8;
const entryBytes = 12;

/** The pieces of an image that the library cannot read as it is; undefined for strips of all colors. */
export const blocksOf = (page: TiffIfd): TiffBlocks | undefined => {
  const { width, height, samplesPerPixel, tileWidth, tileHeight } = page;
  const planes = page.planarConfiguration !== 1 ? samplesPerPixel : 1;
  const isTiled = tileWidth !== undefined;
  if (!isTiled && planes === 1) return undefined;
  const size = isTiled
    ? { width: tileWidth, height: tileHeight ?? 0 }
    : { width, height: Math.min(page.rowsPerStrip, height) };
  return {
    ...size,
    across: Math.ceil(width / size.width),
    down: Math.ceil(height / size.height),
    planes,
    offsets: [...((isTiled ? page.tileOffsets : page.stripOffsets) ?? [])],
    byteCounts: [...((isTiled ? page.tileByteCounts : page.stripByteCounts) ?? [])],
  };
};

const listOf = (page: TiffIfd, tag: number): readonly number[] => {
  const value: unknown = page.fields.get(tag);
  if (typeof value === 'number') return [value];
  return Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<number>) : [];
};

const blackIsZero = 1;
const rgb = 2;

/**
 * Returns a TIFF of one plane, in strips. That of tiles has them below each other.
 * @param bytes of the whole file
 * @param page its header, without image data
 */
export const planeAsStrips = (
  bytes: Uint8Array,
  page: TiffIfd,
  { width, height, across, down, planes, offsets, byteCounts }: TiffBlocks,
  plane: number,
): Uint8Array<ArrayBuffer> => {
  const count = across * down;
  const isTiled = page.tileWidth !== undefined;
  const own = offsets.slice(plane * count, (plane + 1) * count);
  const lengths = byteCounts.slice(plane * count, (plane + 1) * count);
  const samples = planes > 1 ? 1 : page.samplesPerPixel;
  const places: number[] = [];
  let end = headerBytes;
  for (const length of lengths) {
    places.push(end);
    end += length;
  }
  const tags: readonly (readonly [tag: number, values: readonly number[]])[] = [
    [256, [width]],
    [257, [isTiled ? height * count : page.height]],
    [258, Array.from({ length: samples }, () => page.bitsPerSample)],
    [259, [page.compression]],
    [262, [planes > 1 && (page.type === rgb || plane > 0) ? blackIsZero : page.type]],
    [273, places],
    [277, [samples]],
    [278, [height]],
    [279, lengths],
    [317, [page.predictor]],
    ...(planes === 1 ? [[338, listOf(page, 338)] as const] : []),
  ];
  const used = tags.filter(([, values]) => values.length > 0);
  const listsAt = end + 2 + used.length * entryBytes + 4;
  const listed = used.reduce((sum, [, values]) => sum + (values.length > 1 ? 4 * values.length : 0), 0);
  const file = new Uint8Array(listsAt + listed);
  const view = new DataView(file.buffer);
  const little = bytes[0] === 0x49;
  file.set(bytes.subarray(0, 4));
  view.setUint32(4, end, little);
  for (const [at, offset] of own.entries())
    file.set(bytes.subarray(offset, offset + (lengths[at] ?? 0)), places[at]);
  view.setUint16(end, used.length, little);
  let list = listsAt;
  for (const [at, [tag, values]] of used.entries()) {
    const entry = end + 2 + at * entryBytes;
    view.setUint16(entry, tag, little);
    view.setUint16(entry + 2, long, little);
    view.setUint32(entry + 4, values.length, little);
    view.setUint32(entry + 8, values.length === 1 ? (values[0] ?? 0) : list, little);
    if (values.length === 1) continue;
    for (const value of values) {
      view.setUint32(list, value, little);
      list += 4;
    }
  }
  return file;
};

/**
 * Puts the values of a plane in their places.
 * @param values as `planeAsStrips` has them
 * @param target of the whole image, [height, width, samplesPerPixel]
 */
export const placePlane = (
  values: ArrayLike<number>,
  target: TiffValues,
  page: Pick<TiffIfd, 'width' | 'height' | 'samplesPerPixel'>,
  { width, height, across, planes }: TiffBlocks,
  plane: number,
): void => {
  const { samplesPerPixel } = page;
  const samples = planes > 1 ? 1 : samplesPerPixel;
  for (let row = 0; row < page.height; row++) {
    for (let column = 0; column < page.width; column++) {
      const block = Math.floor(row / height) * across + Math.floor(column / width);
      const source = ((block * height + (row % height)) * width + (column % width)) * samples;
      const at = (row * page.width + column) * samplesPerPixel + plane;
      for (let sample = 0; sample < samples; sample++) target[at + sample] = values[source + sample] ?? 0;
    }
  }
};
