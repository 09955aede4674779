import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fits } from '#core/fit.ts';
import { regionOf, shownPart } from '#core/picture-region.ts';
import { resizeMask } from '#data/resize/resize-mask.ts';
import { resizeRgb } from '#data/resize/resize-rgb.ts';
import { hashValues } from '#testing/hash-values.ts';
import { describeTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';
import { writeParts } from './testing/torch-run.ts';

/** Wide, tall by an odd number of pixels, smaller than the picture, and with an axis of its size. */
const sizes = [
  [90, 41],
  [40, 77],
  [9, 20],
  [32, 50],
] as const;
const side = 32;

interface Answer {
  readonly pixels: readonly number[];
  readonly mask: readonly number[];
  /** First and last row, then first and last column. */
  readonly part: readonly (readonly [number, number])[];
}

describeTorch('pictures of images that are not square', () => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-torch-'));
  const images = sizes.map(([width, height], index) => ({
    width,
    height,
    pixels: Uint8Array.from(hashValues(width * height * 3, index, 0, 255.99)),
    marks: Uint8Array.from(hashValues(width * height, 7 + index, 0, 1.5)),
  }));
  beforeAll(() =>
    writeParts(
      folder,
      images.flatMap(({ width, height, pixels, marks }, index) => [
        {
          name: `test/cut/${index}.png`,
          bytes: new Uint8Array(encode({ width, height, data: pixels, channels: 3, depth: 8 })),
        },
        {
          name: `ground_truth/cut/${index}_mask.png`,
          bytes: new Uint8Array(encode({ width, height, data: marks, channels: 1, depth: 8 })),
        },
      ]),
    ),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are the same in PyTorch and in the app, to the bit, with every fit', () => {
    const found = askPython<Readonly<Record<string, readonly Answer[]>>>(
      `import pathlib
root = pathlib.Path(given["folder"])
def answer(index, fit):
    width, height = given["sizes"][index]
    path = f"test/cut/{index}.png"
    sample = r.Sample(path, "test", "cut", True, [f"ground_truth/cut/{index}_mask.png"])
    rows, columns = r.shown_part((width, height), given["side"], fit)
    return {
        "pixels": r.load_image(root / path, given["side"], fit).ravel().tolist(),
        "mask": r.load_mask(root, sample, given["side"], fit).astype(int).ravel().tolist(),
        "part": [(part.start, part.stop) for part in (rows, columns)],
    }
print(json.dumps({fit: [answer(i, fit) for i in range(len(given["sizes"]))] for fit in given["fits"]}))`,
      { folder, sizes, side, fits },
    );
    for (const fit of fits) {
      for (const [index, image] of images.entries()) {
        const { width, height, marks } = image;
        const region = regionOf(width, height, fit);
        const part = shownPart(width, height, { side, fit });
        const { pixels, mask, part: pythons } = found[fit]![index]!;
        expect(pixels, `${fit} ${width}`).toEqual([...resizeRgb(image, side, region)]);
        expect(mask, `${fit} ${width}`).toEqual([
          ...resizeMask({ width, height, pixels: marks }, side, region).pixels,
        ]);
        expect(pythons, `${fit} ${width}`).toEqual([
          [part.top, part.top + part.height],
          [part.left, part.left + part.width],
        ]);
      }
    }
  }, 60_000);
});
