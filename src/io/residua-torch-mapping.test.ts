import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mappingFile } from '#core/layout/mapping-file.ts';
import { planSamples } from '#core/layout/plan-samples.ts';
import { proposeMappings } from '#core/layout/propose-mapping.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { decodeMask } from '#data/decode/decode-mask.ts';
import { resizeMask } from '#data/resize/resize-mask.ts';
import { type RenderedImage, renderedImages } from '#testing/rendered-images.ts';
import { encodePng } from './bundle/encode-png.ts';
import { describeTorch, runTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';
import { config, side, writeParts } from './testing/torch-run.ts';

const maskSide = 256;

/** A mask of one rectangle with a value of its own, as LOCO has them. */
const maskOf = (from: number, to: number, value: number): Uint8Array<ArrayBuffer> =>
  encodePng(
    Uint8Array.from({ length: 3 * maskSide ** 2 }, (_, at) => {
      const pixel = Math.floor(at / 3);
      const inside = (place: number): boolean => place >= from && place < to;
      return inside(pixel % maskSide) && inside(Math.floor(pixel / maskSide)) ? value : 0;
    }),
    maskSide,
  );

/** A tree with LOCO's folders of masks, and one as anomalib's Folder, with masks that have the stem of their image. */
const treesOf = (images: readonly RenderedImage[]) => {
  const bytes = images.map(({ image: { pixels, width } }) => encodePng(pixels, width));
  const at = (index: number): Uint8Array<ArrayBuffer> => bytes[index]!;
  return [
    ...[0, 1, 2, 3, 4, 5].map((index) => ({ name: `loco/train/good/${index}.png`, bytes: at(index) })),
    ...[6, 7].map((index) => ({ name: `loco/validation/good/${index}.png`, bytes: at(index) })),
    { name: 'loco/test/good/0.png', bytes: at(12) },
    { name: 'loco/test/logical_anomalies/000.png', bytes: at(15) },
    { name: 'loco/ground_truth/logical_anomalies/000/000.png', bytes: maskOf(20, 90, 1) },
    { name: 'loco/ground_truth/logical_anomalies/000/001.png', bytes: maskOf(150, 200, 255) },
    ...[0, 1, 2, 3].map((index) => ({ name: `folder/normal/${index}.png`, bytes: at(index) })),
    { name: 'folder/abnormal/dent.png', bytes: at(16) },
    { name: 'folder/mask/dent.png', bytes: maskOf(40, 60, 200) },
  ];
};

describeTorch('residua_torch.py with a mapping', () => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-torch-'));
  const data = join(folder, 'data');
  const parts = treesOf(renderedImages());
  const { mappings } = proposeMappings(parts.map(({ name }) => `data/${name}`));
  const mapping = join(folder, 'mapping.json');
  const configFile = join(folder, 'config.json');
  const shared = ['--data', data, '--config', configFile, '--mapping', mapping, '--device', 'cpu'];
  const json = (...path: readonly string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  beforeAll(() => {
    writeParts(data, parts);
    writeFileSync(configFile, JSON.stringify({ settingsVersion, ...config, epochs: 1 }));
    const categories = mappings.map((found) => ({ ...found, images: planSamples(found).samples }));
    writeFileSync(mapping, JSON.stringify(mappingFile(categories)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('marks what the app marks: any of several masks, and a mask by its stem', async () => {
    const marked = askPython<Record<string, readonly number[]>>(
      `print(json.dumps({
    sample.path: r.load_mask(category.root, sample, given["side"], "squeeze").astype(int).ravel().tolist()
    for category in r.categories_in(given["data"], [], given["mapping"])
    for sample in category.samples
    if sample.masks
}))`,
      { data, mapping, side },
    );
    const bytesOf = new Map(parts.map(({ name, bytes }) => [`data/${name}`, bytes]));
    const expected: Record<string, readonly number[]> = {};
    for (const found of mappings) {
      for (const { path, maskPaths } of planSamples(found).samples) {
        if (maskPaths.length === 0) continue;
        const masks = await Promise.all(
          maskPaths.map((mask) => decodeMask(new Blob([bytesOf.get(`${found.folder}/${mask}`)!]))),
        );
        const pixels = masks[0]!.pixels.map((_, at) => Number(masks.some((mask) => mask.pixels[at] === 1)));
        expected[path] = [...resizeMask({ ...masks[0]!, pixels }, side).pixels];
      }
    }
    expect(Object.keys(expected)).toEqual(['abnormal/dent.png', 'test/logical_anomalies/000.png']);
    expect(marked).toEqual(expected);
  }, 120_000);

  it('trains on one category, holds out its validation images, and verifies its own bundle', () => {
    const out = join(folder, 'out');
    const trained = runTorch('train', ...shared, '--category', 'loco', '--out', out);
    expect(trained.output).toContain('Image AUROC');
    const rows = readFileSync(join(out, 'images.csv'), 'utf8')
      .trim()
      .split('\n')
      .map((row) => row.split(','));
    const heldOut = rows.filter(([, , use]) => use === 'held-out').map(([path]) => path);
    // A quarter of six, and both images of the validation.
    expect(heldOut).toHaveLength(4);
    expect(heldOut).toEqual(expect.arrayContaining(['validation/good/6.png', 'validation/good/7.png']));
    expect(json('out', 'metrics.json')).toMatchObject({
      images: { trained: 4, heldOut: 4, test: 2, testGood: 1, testAnomalous: 1 },
      imagesWithoutMask: 0,
      regions: 2,
    });
    const [listed] = json('out', 'mapping.json').categories;
    expect(listed).toEqual({ ...json('mapping.json').categories[1], folder: undefined });
    const verified = runTorch('verify', out, '--data', data, '--device', 'cpu');
    expect(verified.output).toContain('verified: everything agrees');
  }, 120_000);

  it('fills a table of all categories', () => {
    const queue = runTorch('table', ...shared, '--out', join(folder, 'table'), '--losses', 'l2');
    expect(queue.output).toMatch(/\| folder \|.*\n\| loco \|/);
    expect(queue.status).toBe(0);
  }, 120_000);

  it('names a wrong file, a missing category and missing images', () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, JSON.stringify({ mappingVersion: 1, categories: [{ name: 'x' }] }));
    const newer = join(folder, 'newer.json');
    writeFileSync(newer, JSON.stringify({ mappingVersion: 2 }));
    const answers = askPython<readonly string[]>(
      `answers = []
for file, names, data in given["calls"]:
    try:
        r.categories_in(data, names, file)
    except r.Refused as error:
        answers.append(str(error))
print(json.dumps(answers))`,
      {
        calls: [
          [broken, [], data],
          [newer, [], data],
          [mapping, ['pill'], data],
          [mapping, [], join(data, 'loco')],
          [undefined, [], join(data, 'folder')],
        ],
      },
    );
    expect(answers).toEqual([
      expect.stringContaining("broken.json is not a mapping of Residua: KeyError('images')."),
      expect.stringContaining('newer.json has version 2, expected 1.'),
      expect.stringContaining('mapping.json has no category pill. It has folder, loco.'),
      expect.stringMatching(/has no normal\/0\.png, neither directly nor in/),
      expect.stringContaining('list its images: --mapping mapping.json'),
    ]);
  }, 120_000);
});
