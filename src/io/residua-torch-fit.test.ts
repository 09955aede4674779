import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stitchMasks } from '#core/anomaly-maps/stitch.ts';
import { fits } from '#core/fit.ts';
import { pictureCount, regionOf, shownPart } from '#core/picture-region.ts';
import { resizeMask } from '#data/resize/resize-mask.ts';
import { resizeRgb } from '#data/resize/resize-rgb.ts';
import { hashValues } from '#testing/hash-values.ts';
import { describeTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';
import { writeParts } from './testing/torch-run.ts';

/** Wide, tall by an odd number of pixels, smaller than the picture, with an axis of its size, and square. */
const sizes = [
  [90, 41],
  [40, 77],
  [9, 20],
  [32, 50],
  [33, 33],
] as const;
const side = 32;

interface Answer {
  readonly pixels: readonly number[];
  readonly mask: readonly number[];
  /** Of the padded picture: first and last row, then first and last column. */
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
    pictures, size = r.load_image(root / path, given["side"], fit)
    assert size == (width, height)
    return {
        "pixels": pictures.ravel().tolist(),
        "mask": r.load_mask(root, sample, given["side"], fit).astype(int).ravel().tolist(),
        "part": [(part.start, part.stop) for part in r.shown_part(size, given["side"])],
    }
print(json.dumps({fit: [answer(i, fit) for i in range(len(given["sizes"]))] for fit in given["fits"]}))`,
      { folder, sizes, side, fits },
    );
    for (const fit of fits) {
      for (const [index, image] of images.entries()) {
        const { width, height, marks } = image;
        const regions = Array.from({ length: pictureCount(width, height, fit) }, (_, tile) =>
          regionOf(width, height, fit, tile),
        );
        const masks = regions.map(
          (region) => resizeMask({ width, height, pixels: marks }, side, region).pixels,
        );
        const { pixels, mask, part } = found[fit]![index]!;
        expect(pixels, `${fit} ${width}`).toEqual(
          regions.flatMap((region) => [...resizeRgb(image, side, region)]),
        );
        const [only] = masks;
        const expected = masks.length === 1 ? only! : stitchMasks(masks, { width, height, side });
        expect(mask, `${fit} ${width}`).toEqual([...expected]);
        const { left, top, ...shown } = shownPart(width, height, { side, fit: 'pad' });
        expect(part).toEqual([
          [top, top + shown.height],
          [left, left + shown.width],
        ]);
      }
    }
  }, 60_000);
});
