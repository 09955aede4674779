import { describe, expect, it } from 'vitest';
import { encodeFloatTiff } from '#core/anomaly-maps/float-tiff.ts';
import { mapSizeOf, resizeMap } from '#core/anomaly-maps/resize-map.ts';
import { fits } from '#core/fit.ts';
import { hashValues } from '#testing/hash-values.ts';
import { askPython, pythonWithTorch } from './testing/python.ts';

const side = 16;
/** Larger, smaller, and the same in one direction. */
const sizes = [
  [50, 37],
  [16, 9],
  [5, 16],
] as const;
const cases = fits.flatMap((fit) => sizes.map(([width, height]) => ({ width, height, fit })));

describe.skipIf(pythonWithTorch === undefined)('anomaly maps in Pillow', () => {
  it('are read as they were written, and resized alike', () => {
    const maps = cases.map(({ width, height, fit }) => {
      const size = mapSizeOf(width, height, { side, fit });
      return { ...size, map: hashValues(size.width * size.height, 3, 0, 1e4) };
    });
    const found = askPython<readonly { mode: string; read: number[]; own: number[] }[]>(
      `import base64, io
import numpy as np
from PIL import Image
answers = []
for case in given["cases"]:
    image = Image.open(io.BytesIO(base64.b64decode(case["file"])))
    source = Image.fromarray(np.array(case["map"], dtype=np.float32).reshape(case["rows"], case["columns"]))
    width, height, fit = case["width"], case["height"], case["fit"]
    own = source.resize((width, height), Image.BILINEAR)
    if fit == "pad":
        longest = max(width, height)
        left, top = (longest - width) // 2, (longest - height) // 2
        own = source.resize((longest, longest), Image.BILINEAR).crop((left, top, left + width, top + height))
    elif fit == "crop":
        shortest = min(width, height)
        own = Image.new("F", (width, height))
        center = source.resize((shortest, shortest), Image.BILINEAR)
        own.paste(center, ((width - shortest) // 2, (height - shortest) // 2))
    answers.append({"mode": image.mode, "read": np.asarray(image).ravel().tolist(), "own": np.asarray(own).ravel().tolist()})
print(json.dumps(answers))`,
      {
        cases: cases.map(({ width, height, fit }, place) => {
          const { map, width: columns, height: rows } = maps[place]!;
          const file = encodeFloatTiff(resizeMap(map, { side, fit }, width, height), width, height);
          return {
            width,
            height,
            fit,
            rows,
            columns,
            map: Array.from(map),
            file: Buffer.from(file).toString('base64'),
          };
        }),
      },
    );
    for (const [place, { width, height, fit }] of cases.entries()) {
      const { mode, read, own } = found[place]!;
      expect(mode).toBe('F');
      expect(read).toEqual(Array.from(resizeMap(maps[place]!.map, { side, fit }, width, height)));
      // Both add in float64; only the rounding between the two passes can differ.
      for (const [at, value] of own.entries())
        expect(Math.abs(read[at]! - value)).toBeLessThan(1e4 * 2 ** -22);
    }
  });
});
