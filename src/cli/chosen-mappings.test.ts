import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mappingLines } from '#core/layout/mapping-text.ts';
import { planSamples } from '#core/layout/plan-samples.ts';
import { layoutTrees } from '#testing/layout-trees.ts';
import { chosenMappings } from './chosen-mappings.ts';
import type { DataFile } from './data-files.ts';
import { roleOptions } from './role-options.ts';
import { writeMapping } from './write-mapping.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'residua-roles-'));
  // The only text of the trees that is read.
  await mkdir(join(folder, 'candle'));
  await writeFile(join(folder, 'candle/image_anno.csv'), 'image,label,mask\n');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const listed = (paths: readonly string[]): readonly DataFile[] =>
  paths.map((path) => ({ path, location: join(folder, path) }));

const chosen = (paths: readonly string[], values: Readonly<Record<string, unknown>> = {}) =>
  chosenMappings(listed(paths), undefined, roleOptions(values));

describe('--layout', () => {
  it.each([
    ['mvtec', 'capitals'],
    ['mvtec2', 'MVTec AD 2'],
    ['loco', 'MVTec LOCO'],
    ['3d', 'MVTec 3D-AD'],
    ['visa', 'VisA, raw'],
    ['btad', 'BTAD'],
    ['folder', 'anomalib Folder'],
  ] as const)('%s accepts its own layout, and refuses another by name', async (layout, tree) => {
    expect((await chosen(layoutTrees[tree], { layout })).mappings).toHaveLength(1);
    const other = layout === 'mvtec' ? 'btad' : 'mvtec';
    await expect(chosen(layoutTrees[tree], { layout: other })).rejects.toThrow(`--layout is ${other}, but`);
  });

  it('is checked by name', () => {
    expect(() => roleOptions({ layout: 'coco' })).toThrow('The layout is coco, expected auto, mvtec');
  });
});

describe('patterns', () => {
  const paths = ['d/a/0.png', 'd/a/1.png', 'd/b/2.png', 'd/labels/2.png', 'd/c/3.png', 'd/.DS_Store'];

  it('give roles: masks before defects before normal images, and ignore the others', async () => {
    const { mappings, byNames } = await chosen(paths, {
      ...{ normal: ['a/**'], defects: ['{b,labels}/*.PNG'], masks: ['labels/*'], 'test-percent': '50' },
      'test-seed': '1',
    });
    expect(byNames).toBe(false);
    const { samples } = planSamples(mappings[0]);
    expect(samples.map(({ split, defectType }) => [split, defectType])).toEqual([
      ['train', 'good'],
      ['test', 'good'],
      ['test', 'b'],
    ]);
    expect(samples[2].maskPaths).toEqual(['labels/2.png']);
    expect(mappingLines(mappings[0]).join('\n')).toContain(
      '  ignored               1  c       It matches no given pattern.',
    );
  });

  it('that match nothing are named', async () => {
    await expect(chosen(paths, { normal: ['a/**'], defects: ['z/*'] })).rejects.toThrow(
      '--defects z/* matches no image. Patterns are of paths inside d.',
    );
    expect(() => roleOptions({ defects: ['b/*'] })).toThrow('need --normal');
    expect(() => roleOptions({ normal: ['a/*'], layout: 'visa' })).toThrow('remove --layout');
  });
});

describe('--test-percent and --test-seed', () => {
  it('replace the proposal, and are checked', async () => {
    const { mappings, byNames } = await chosen(layoutTrees['anomalib Folder'], {
      'test-percent': '40',
      'test-seed': '7',
    });
    expect([mappings[0].testShare, byNames]).toEqual([{ percent: 40, seed: 7 }, false]);
    expect((await chosen(layoutTrees['anomalib Folder'])).byNames).toBe(true);
    expect(() => roleOptions({ 'test-percent': '91' })).toThrow('expected a whole number from 0 to 90');
    expect(() => roleOptions({ 'test-seed': '1.5' })).toThrow('--test-seed is 1.5');
  });
});

describe('the printed roles', () => {
  it('have role, count, folder and reason, the uses, and the files without one', async () => {
    const { mappings } = await chosen(layoutTrees['MVTec AD 2']);
    expect(mappingLines(mappings[0])).toEqual([
      'can: MVTec AD 2',
      '  unlabeled             1  test_private                  “test_private” has test images without labels.',
      '  unlabeled             1  test_private_mixed            “test_private_mixed” has test images without labels.',
      '  defect                1  test_public/bad               “bad” means a defect.',
      '  normal, for testing   1  test_public/good              It is a test folder, and “good” means normal.',
      '  mask                  1  test_public/ground_truth/bad  “ground_truth” means masks.',
      '  normal, for training  1  train/good                    “train” is for training, which uses normal images.',
      '  normal, held out      1  validation/good               “validation” has normal images that a threshold can be fitted on.',
      '  Images: 1 for training, 1 held out, 1 normal for testing, 1 with defects (1 with a mask).',
      '  2 images are without a label and not used.',
      '  Without a use: test_private/: Without a label: it is neither trained nor tested on. 1 image.',
      '  Without a use: test_private_mixed/: Without a label: it is neither trained nor tested on. 1 image.',
    ]);
  });

  it('follow the split file of VisA', async () => {
    const split = 'VisA/split_csv/1cls.csv';
    await mkdir(dirname(join(folder, split)), { recursive: true });
    const lines = ['0', '1'].map((stem) => `candle,test,normal,candle/Data/Images/Normal/${stem}.JPG,`);
    await writeFile(join(folder, split), ['object,split,label,image,mask', ...lines].join('\n'));
    const images = ['0', '1', '2'].map((stem) => `VisA/candle/Data/Images/Normal/${stem}.JPG`);
    const [mapping] = (await chosen([...images, split])).mappings;
    expect(mapping.groups.map(({ role, paths }) => [role, paths.length])).toEqual([
      ['test-normal', 2],
      ['train', 1],
    ]);
  });
});

describe('the written roles', () => {
  it('have the use and all masks of each image', async () => {
    const { mappings } = await chosen(layoutTrees['MVTec LOCO']);
    const file = join(folder, 'mapping.json');
    await writeMapping(file, mappings);
    const { mappingVersion, categories } = JSON.parse(await readFile(file, 'utf8'));
    expect([mappingVersion, categories.length, categories[0].folder]).toEqual([1, 1, 'juice']);
    expect(categories[0].images.slice(1, 4)).toEqual([
      {
        ...{ path: 'validation/good/0.png', split: 'train', heldOut: true },
        ...{ defectType: 'good', anomalous: false },
      },
      { path: 'test/good/0.png', split: 'test', defectType: 'good', anomalous: false },
      {
        ...{ path: 'test/logical_anomalies/000.png', split: 'test' },
        ...{ defectType: 'logical_anomalies', anomalous: true },
        masks: ['ground_truth/logical_anomalies/000/000.png', 'ground_truth/logical_anomalies/000/001.png'],
      },
    ]);
  });

  it('need a file that can be written', async () => {
    await expect(writeMapping(join(folder, 'none', 'mapping.json'), [])).rejects.toThrow('cannot be written');
  });
});
