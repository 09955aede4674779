import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeImage } from '#data/decode/decode-image.ts';
import { decodeMask } from '#data/decode/decode-mask.ts';
import { type TiffKind, tiff } from '#data/testing/tiff-file.ts';
import { describeTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';

// Strips of more than 4096 values fill the table of LZW.
const width = 61;
const height = 120;

/** What Pillow itself writes: a name, the mode, and the arguments of `save`. */
const pillowFiles: readonly (readonly [name: string, mode: string, options: object])[] = [
  ...[null, 'tiff_lzw', 'tiff_adobe_deflate', 'tiff_deflate'].flatMap((compression) =>
    ['L', 'RGB', 'I;16', 'P', 'LA', 'RGBA'].map(
      (mode) =>
        [
          `${mode.replace(';', '')}-${compression ?? 'plain'}.tiff`,
          mode,
          { ...(compression && { compression }) },
        ] as const,
    ),
  ),
  ...['1', 'L', 'LA', 'P', 'RGB', 'RGBA', 'I;16'].map(
    (mode) => [`${mode.replace(';', '')}.png`, mode, {}] as const,
  ),
];

const kinds: readonly Omit<TiffKind, 'width'>[] = [
  ...([8, 16] as const).flatMap((bits) =>
    [
      { samples: 1, photometric: 0 },
      { samples: 1, photometric: 1 },
      { samples: 3, photometric: 2 },
      { samples: 4, photometric: 2, tags: { 338: [2] } },
      { samples: 4, photometric: 2, tags: { 338: [0] } },
    ].map((kind) => ({ ...kind, bits })),
  ),
  { samples: 1, photometric: 1, bits: 1 },
  { samples: 1, photometric: 0, bits: 1 },
  { samples: 3, photometric: 2, bits: 8, planar: true },
];

/** What Pillow cannot write: 16-bit RGB and alpha, both byte orders, white is zero, predictors, tiles, planes. */
const ownFiles = kinds.flatMap((kind) =>
  (['plain', 'lzw', 'deflate'] as const).flatMap((compression) =>
    [false, true].flatMap((bigEndian) =>
      [undefined, [16, 32] as const].map((tile) => {
        const predictor = compression !== 'plain' && bigEndian && kind.bits > 1;
        const own: TiffKind = {
          ...{ ...kind, width, compression, bigEndian, predictor, rowsPerStrip: 90 },
          ...(tile && { tile }),
        };
        const name = Object.entries({ ...own, tags: kind.tags?.[338], tile: tile?.[0] });
        return [name.map(([key, value]) => `${key.slice(0, 4)}${value}`).join('-'), own] as const;
      }),
    ),
  ),
);

const valuesOf = ({ bits, samples }: TiffKind): readonly number[] =>
  Array.from({ length: width * height * samples }, (_, at) => Math.imul(at + 11, 0x9e3779b1) >>> (32 - bits));

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describeTorch('the images that residua_torch.py reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-torch-'));
  const names = [...pillowFiles.map(([name]) => name), ...ownFiles.map(([name]) => `${name}.tif`)];
  beforeAll(() => {
    for (const [name, kind] of ownFiles)
      writeFileSync(join(folder, `${name}.tif`), tiff(kind, valuesOf(kind)));
    askPython(
      `import numpy as np
from PIL import Image
rng = np.random.default_rng(3)
for name, mode, options in given["files"]:
    bits = 65536 if mode == "I;16" else 256
    values = rng.integers(0, bits, (given["height"], given["width"]))
    if mode == "I;16":
        image = Image.fromarray(values.astype(np.uint16))
    elif mode == "P":
        image = Image.fromarray(values.astype(np.uint8), "P")
        image.putpalette([(37 * i) % 256 for i in range(768)])
    else:
        bands = [Image.fromarray(rng.integers(0, 256, values.shape).astype(np.uint8)) for _ in mode]
        image = bands[0].convert("1") if mode == "1" else Image.merge(mode, bands) if len(bands) > 1 else bands[0]
    image.save(f"{given['folder']}/{name}", **options)
print("null")`,
      { files: pillowFiles, folder, width, height },
    );
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are, byte for byte, those of the app, of 8 and of 16 bits', async () => {
    const read = askPython<Record<string, string>>(
      'print(json.dumps({name: r.hashlib.sha256(r.read_rgb(f"{given[\'folder\']}/{name}").tobytes()).hexdigest() for name in given["names"]}))',
      { folder, names },
    );
    for (const name of names) {
      const { pixels } = await decodeImage(new Blob([readFileSync(join(folder, name))]));
      expect(pixels, name).toHaveLength(3 * width * height);
      expect(read[name], name).toBe(hashOf(pixels));
    }
    expect(new Set(Object.values(read)).size).toBeGreaterThan(20);
  }, 120_000);

  it('mark the same pixels as masks, also those of the lowest values', async () => {
    for (const [name, kind] of ownFiles) {
      const marked = valuesOf(kind).map((value, at) => (at % 3 === 0 ? 1 : value % 5 === 0 ? value : 0));
      writeFileSync(join(folder, `mask-${name}.tif`), tiff(kind, marked));
    }
    const masks = [...names, ...ownFiles.map(([name]) => `mask-${name}.tif`)];
    const read = askPython<Record<string, string>>(
      'print(json.dumps({name: r.hashlib.sha256(r.read_marks(f"{given[\'folder\']}/{name}").tobytes()).hexdigest() for name in given["masks"]}))',
      { folder, masks },
    );
    for (const name of masks) {
      const { pixels } = await decodeMask(new Blob([readFileSync(join(folder, name))]));
      expect(read[name], name).toBe(hashOf(pixels));
    }
  }, 120_000);

  it('mark from 128 of 255 in a lossy mask', () => {
    const [jpeg, lossy, lossless] = askPython<readonly (readonly [boolean, boolean])[]>(
      `import numpy as np
from PIL import Image
values = (np.random.default_rng(1).random((32, 32)) < 0.3).astype(np.uint8) * 255
answers = []
for name, options in [("m.jpg", {"quality": 30}), ("a.webp", {"quality": 20}), ("b.webp", {"lossless": True})]:
    file = f"{given}/{name}"
    Image.fromarray(values).convert("RGB").save(file, **options)
    stored = np.asarray(Image.open(file).convert("RGB")).max(axis=2)
    marks = r.read_marks(file)
    answers.append((bool((marks == (stored >= 128)).all()), bool((marks == (stored > 0)).all())))
print(json.dumps(answers))`,
      folder,
    );
    expect([jpeg, lossy, lossless]).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ]);
  }, 120_000);

  it('are named if they are damaged or of another kind', () => {
    const gray: TiffKind = { width: 3, bits: 8, samples: 1, photometric: 1 };
    writeFileSync(join(folder, 'text.png'), 'no image');
    writeFileSync(
      join(folder, 'float.tif'),
      tiff({ ...gray, tags: { 258: [32], 339: [3] } }, Array(12).fill(0)),
    );
    const planes: TiffKind = { ...gray, samples: 3, photometric: 2, bits: 16, planar: true };
    writeFileSync(join(folder, 'planes.tif'), tiff(planes, [1, 2, 3, 4, 5, 6, 7, 8, 9]));
    const answers = askPython<readonly string[]>(
      `answers = []
for name in ["text.png", "float.tif", "planes.tif"]:
    try:
        r.read_rgb(f"{given}/{name}")
    except r.Refused as error:
        answers.append(str(error))
print(json.dumps(answers))`,
      folder,
    );
    expect(answers).toEqual([
      expect.stringMatching(/text\.png cannot be read as an image: .*Replace or remove the file\.$/),
      expect.stringMatching(/float\.tif is a TIFF with values that are not whole numbers/),
      expect.stringMatching(/planes\.tif is a TIFF with one plane per color of 16 bits/),
    ]);
  }, 120_000);
});
