import { describe, expect, it } from 'vitest';
import { encodeFloatTiff } from '#core/anomaly-maps/float-tiff.ts';
import { resizeMap } from '#core/anomaly-maps/resize-map.ts';
import { hashValues } from '#testing/hash-values.ts';
import { askPython, pythonWithTorch } from './testing/python.ts';

const side = 16;
/** Larger, smaller, and the same in one direction. */
const sizes = [
  [50, 37],
  [16, 9],
  [5, 16],
] as const;

describe.skipIf(pythonWithTorch === undefined)('anomaly maps in Pillow', () => {
  it('are read as they were written, and resized alike', () => {
    const map = hashValues(side * side, 3, 0, 1e4);
    const found = askPython<readonly { mode: string; read: number[]; own: number[] }[]>(
      `import base64, io
import numpy as np
from PIL import Image
answers = []
for case in given["cases"]:
    image = Image.open(io.BytesIO(base64.b64decode(case["file"])))
    source = Image.fromarray(np.array(given["map"], dtype=np.float32).reshape(${side}, ${side}))
    own = source.resize((case["width"], case["height"]), Image.BILINEAR)
    answers.append({"mode": image.mode, "read": np.asarray(image).ravel().tolist(), "own": np.asarray(own).ravel().tolist()})
print(json.dumps(answers))`,
      {
        map: Array.from(map),
        cases: sizes.map(([width, height]) => {
          const file = encodeFloatTiff(resizeMap(map, side, width, height), width, height);
          return { width, height, file: Buffer.from(file).toString('base64') };
        }),
      },
    );
    for (const [place, [width, height]] of sizes.entries()) {
      const { mode, read, own } = found[place]!;
      expect(mode).toBe('F');
      expect(read).toEqual(Array.from(resizeMap(map, side, width, height)));
      // Both add in float64; only the rounding between the two passes can differ.
      for (const [at, value] of own.entries())
        expect(Math.abs(read[at]! - value)).toBeLessThan(1e4 * 2 ** -22);
    }
  });
});
