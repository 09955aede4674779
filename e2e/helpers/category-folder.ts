/** Writes category folders to disk, with small real PNG files generated from a seed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encode } from 'fast-png';
import { createRng } from '#core/rng.ts';

export const imageSide = 48;

/** A smooth texture with some noise; a defect is a bright square, where its mask is white. */
const draw = (seed: number, defect: boolean): { readonly image: Uint8Array; readonly mask: Uint8Array } => {
  const rng = createRng(seed, 'e2e');
  const image = new Uint8Array(imageSide * imageSide * 3);
  const mask = new Uint8Array(imageSide * imageSide);
  const left = 8 + Math.floor(rng.uniform() * 20);
  for (let row = 0, pixel = 0; row < imageSide; row++) {
    for (let column = 0; column < imageSide; column++, pixel++) {
      const marked = defect && column >= left && column < left + 12 && row >= 16 && row < 28;
      mask[pixel] = marked ? 255 : 0;
      const shade = 90 + 40 * Math.sin(row / 5) + 20 * Math.cos(column / 7) + 10 * rng.uniform();
      image.set(marked ? [250, 240, 60] : [shade, shade * 0.8, shade * 0.6], pixel * 3);
    }
  }
  return { image, mask };
};

/** Bytes of a PNG image of a good or a defective part. */
export const pngImage = (seed: number, defect = false): Uint8Array =>
  encode({ width: imageSide, height: imageSide, data: draw(seed, defect).image, channels: 3 });

/** Bytes of the mask of the defective part with the same seed. */
export const pngMask = (seed: number): Uint8Array =>
  encode({ width: imageSide, height: imageSide, data: draw(seed, true).mask, channels: 1 });

/** Writes a file and the folders above it. */
export const writeFileAt = (folder: string, path: string, content: Uint8Array | string): void => {
  const location = join(folder, path);
  mkdirSync(dirname(location), { recursive: true });
  writeFileSync(location, content);
};

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, number) => String(number).padStart(3, '0'));

/** Number of images in each folder. */
export interface CategoryPlan {
  readonly train: number;
  readonly good: number;
  readonly defects: Readonly<Record<string, number>>;
}

/** Writes a category in MVTec AD's layout, with a mask for every defective image. */
export const writeCategory = (folder: string, { train, good, defects }: CategoryPlan): void => {
  let seed = 1;
  for (const name of numbered(train)) writeFileAt(folder, `train/good/${name}.png`, pngImage(seed++));
  for (const name of numbered(good)) writeFileAt(folder, `test/good/${name}.png`, pngImage(seed++));
  for (const [defect, count] of Object.entries(defects)) {
    for (const name of numbered(count)) {
      writeFileAt(folder, `test/${defect}/${name}.png`, pngImage(seed, true));
      writeFileAt(folder, `ground_truth/${defect}/${name}_mask.png`, pngMask(seed++));
    }
  }
};

/** Writes a tree in any layout: a defect wherever `isDefect` says so, and its mask wherever a path names one. */
export const writeTree = (
  folder: string,
  paths: readonly string[],
  isDefect: (path: string) => boolean,
): void => {
  for (const path of paths) {
    const seed = Number(/(\d+)\D*$/.exec(path)?.[1] ?? 0) + 1;
    const isMask = /ground_truth|gt\/|mask/i.test(path);
    if (/\.(png|jpg|bmp)$/i.test(path))
      writeFileAt(folder, path, isMask ? pngMask(seed) : pngImage(seed, isDefect(path)));
    else writeFileAt(folder, path, '{}');
  }
};
