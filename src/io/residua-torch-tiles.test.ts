import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stitchedPart, stitchedSize, stitchMaps } from '#core/anomaly-maps/stitch.ts';
import { zipParts } from '#core/bundle/zip-parts.ts';
import { pictureCount, regionOf } from '#core/picture-region.ts';
import { imagesOf } from '#core/tiles.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { hashValues } from '#testing/hash-values.ts';
import { parseSafetensorsRun } from './safetensors-run.ts';
import { describeTorch, runTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';
import { scoreWays } from './testing/score-ways.ts';
import { reconstructAll, TorchBundles, tiledImages, writeImages, writeParts } from './testing/torch-run.ts';

/** Squares, two tiles that touch or nearly coincide, many tiles, and a scale that floating point numbers round to another place. */
const chosenSizes = [
  [1, 1],
  [50, 50],
  [100, 50],
  [51, 50],
  [50, 51],
  [1600, 256],
  [700, 1023],
  [3283, 3136],
  [3136, 3283],
] as const;
const drawnSizes = Array.from({ length: 300 }, (_, at) => {
  const [width, height] = hashValues(2, 2 * at, 1, at < 100 ? 60 : 2000);
  return [Math.floor(width!), Math.floor(height!)] as const;
});
const sizes = [...chosenSizes, ...drawnSizes].filter(
  ([width, height]) => pictureCount(width, height, 'tiles') <= 64,
);

describeTorch('tiles in residua_torch.py', () => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-torch-'));
  const data = join(folder, 'part');
  let bundles = new TorchBundles(tiledImages, []);
  beforeAll(async () => {
    writeImages(data, tiledImages);
    bundles = new TorchBundles(tiledImages, await reconstructAll(tiledImages));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are cut where the app cuts, and stitched where it stitches, at any size', () => {
    expect(sizes.length).toBeGreaterThan(200);
    for (const side of [32, 256]) {
      const found = askPython(
        `import numpy as np
answers = []
for width, height in given["sizes"]:
    size, side = (width, height), given["side"]
    # Views of one array with the least memory: only their places count.
    whole = np.broadcast_to(np.uint8(0), (height, width))
    tiles = r.framed(whole, "tiles", "edge")
    starts = r.tile_starts(size)
    places, shape = r.stitched_places(size, side)
    answers.append([starts, [list(tile.shape) for tile in tiles], shape[::-1], places])
print(json.dumps(answers))`,
        { sizes, side },
      );
      const expected = sizes.map(([width, height]) => {
        const image = { width, height, side };
        const tiles = Array.from({ length: pictureCount(width, height, 'tiles') }, (_, tile) => tile);
        const regions = tiles.map((tile) => regionOf(width, height, 'tiles', tile));
        const stitched = stitchedSize(image);
        return [
          regions.map(({ left, top }) => left + top),
          regions.map((region) => [region.height, region.width]),
          [stitched.width, stitched.height],
          tiles.map((tile) => stitchedPart(image, tile)).map(({ left, top }) => left + top),
        ];
      });
      expect(found).toEqual(expected);
    }
  }, 60_000);

  it('have the stitched map of the app, to the bit', () => {
    const side = 32;
    const shapes = [
      [80, 40],
      [77, 40],
      [40, 93],
      [52, 31],
    ] as const;
    const cases = shapes.map(([width, height]) => {
      const count = pictureCount(width, height, 'tiles');
      const maps = Array.from({ length: count }, (_, tile) => hashValues(side * side, tile, 0, 1e3));
      return { width, height, maps };
    });
    const found = askPython<readonly (readonly number[])[]>(
      `import numpy as np
maps_of = lambda case: [np.array(m, dtype=np.float32).reshape(32, 32) for m in case["maps"]]
print(json.dumps([
    r.stitched(maps_of(case), (case["width"], case["height"])).ravel().tolist() for case in given
]))`,
      cases.map(({ maps, ...size }) => ({ ...size, maps: maps.map((map) => Array.from(map)) })),
    );
    expect(found).toEqual(cases.map(({ maps, ...size }) => Array.from(stitchMaps(maps, { ...size, side }))));
  }, 60_000);

  it('give every score and decision of the app, from the files and from the test images of a bundle', async () => {
    for (const [name, change] of scoreWays) writeParts(join(folder, name), await bundles.of(change));
    const results = askPython<Record<string, boolean>>(
      'print(json.dumps({name: r.verify(f"{given[\'folder\']}/{name}", given["data"], "cpu") for name in given["names"]}))',
      { folder, data, names: scoreWays.map(([name]) => name) },
    );
    expect(results).toEqual(Object.fromEntries(scoreWays.map(([name]) => [name, true])));
    for (const kind of ['files', 'pictures'] as const) {
      const zip = join(folder, `${kind}.zip`);
      writeFileSync(zip, zipParts(await bundles.of({}, kind)));
      const { status, output } = runTorch('verify', zip, '--device', 'cpu');
      expect(output).toMatch(/6 images, .*\n.*\ndecisions .* 6 of 6 equal/);
      expect(output).toMatch(/reconstructions: largest difference \d\.\d+e-0[5-9] in 6 images/);
      expect(output).toContain('verified: everything agrees');
      expect(status).toBe(0);
    }
  }, 180_000);

  it('train as pictures, hold out whole images, and count as images', () => {
    const configFile = join(folder, 'config.json');
    writeFileSync(configFile, JSON.stringify({ settingsVersion, ...tiledImages.config }));
    const out = join(folder, 'out');
    const shared = ['--data', data, '--device', 'cpu'];
    const trained = runTorch(
      'train',
      ...shared,
      ...['--config', configFile, '--out', out, '--set', 'epochs=1'],
    );
    expect(trained).toMatchObject({ status: 0 });
    const bytes = readFileSync(join(out, 'model.safetensors'));
    const run = parseSafetensorsRun(new Uint8Array(bytes).buffer, 'model.safetensors');
    // 9 images are trained on, in 27 tiles.
    expect(run.history.steps).toHaveLength(Math.ceil(27 / tiledImages.config.batch));
    expect(run.history.evaluations[0]?.scores).toHaveLength(6);
    const metrics = JSON.parse(readFileSync(join(out, 'metrics.json'), 'utf8'));
    expect(metrics).toMatchObject({
      images: { train: 12, trained: 9, heldOut: 3, test: 6, testGood: 3, testAnomalous: 3 },
      threshold: { images: 3 },
    });
    const { images, split } = tiledImages;
    const heldOut = split.heldOut.map((index) => images.samples[index]!);
    const rows = readFileSync(join(out, 'images.csv'), 'utf8').trim().split('\n');
    const listed = rows.map((row) => row.split(',')).filter(([, , use]) => use === 'held-out');
    expect(listed.map(([path]) => path)).toEqual(imagesOf(heldOut).map(({ path }) => path));
    expect(runTorch('verify', out, ...shared).output).toContain('verified: everything agrees');
  }, 120_000);

  it('refuse an image of too many tiles, as the app does', () => {
    const answer = askPython<string>(
      `import numpy as np
from PIL import Image
file = f"{given}/line.png"
Image.fromarray(np.zeros((10, 641, 3), np.uint8)).save(file)
try:
    r.load_image(file, 32, "tiles")
except r.Refused as error:
    print(json.dumps(str(error)))`,
      folder,
    );
    expect(answer).toContain('line.png is 641 x 10 pixels: 65 tiles, expected at most 64.');
  }, 60_000);
});
