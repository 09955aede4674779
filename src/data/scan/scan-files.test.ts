import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { type DroppedFile, scanFiles } from './scan-files.ts';

const dropped = (path: string, bytes = 3): DroppedFile => ({
  path,
  file: new File([new Uint8Array(bytes)], path.split('/').at(-1) ?? path),
});

const drop = (...paths: readonly string[]): readonly DroppedFile[] => paths.map((path) => dropped(path));

const errorOf = (files: readonly DroppedFile[]): ResiduaError => {
  try {
    scanFiles(files);
  } catch (thrown) {
    if (thrown instanceof ResiduaError) return thrown;
    throw thrown;
  }
  throw new Error('scanFiles did not throw');
};

const bottle = [
  'bottle/train/good/000.png',
  'bottle/train/good/001.png',
  'bottle/test/good/000.png',
  'bottle/test/broken/000.png',
  'bottle/test/broken/001.png',
  'bottle/ground_truth/broken/000_mask.png',
  'bottle/ground_truth/broken/001_mask.png',
];

describe('scanning a drop', () => {
  it('finds a category: splits, defect types, labels, masks, paths inside the category', () => {
    const { categories, skippedFiles } = scanFiles(drop(...bottle));
    expect(skippedFiles).toEqual([]);
    expect(categories).toHaveLength(1);
    const [{ name, samples, notices, ...category }] = categories;
    expect({ name, notices, skippedFiles: category.skippedFiles }).toEqual({
      name: 'bottle',
      notices: [],
      skippedFiles: [],
    });
    expect(samples.map(({ source, ...sample }) => sample)).toEqual([
      {
        path: 'train/good/000.png',
        split: 'train',
        defectType: 'good',
        anomalous: false,
        maskPath: undefined,
      },
      {
        path: 'train/good/001.png',
        split: 'train',
        defectType: 'good',
        anomalous: false,
        maskPath: undefined,
      },
      { path: 'test/good/000.png', split: 'test', defectType: 'good', anomalous: false, maskPath: undefined },
      {
        path: 'test/broken/000.png',
        split: 'test',
        defectType: 'broken',
        anomalous: true,
        maskPath: 'ground_truth/broken/000_mask.png',
      },
      {
        path: 'test/broken/001.png',
        split: 'test',
        defectType: 'broken',
        anomalous: true,
        maskPath: 'ground_truth/broken/001_mask.png',
      },
    ]);
  });

  it('does not depend on the order of the files', () => {
    expect(scanFiles(drop(...[...bottle].reverse())).categories[0].samples.map(({ path }) => path)).toEqual(
      scanFiles(drop(...bottle)).categories[0].samples.map(({ path }) => path),
    );
  });

  it.each([
    ['at any depth', 'data/mvtec/bottle/', 'bottle'],
    ['as the content of a category', '', 'category'],
    ['with leading slashes', '/bottle/', 'bottle'],
    ['with a leading dot', './bottle/', 'bottle'],
    ['below a folder that is itself called test', 'test/bottle/', 'bottle'],
  ])('finds a category %s', (_, prefix, name) => {
    const { categories } = scanFiles(drop(...bottle.map((path) => path.replace('bottle/', prefix))));
    expect(categories.map((category) => [category.name, category.samples.length])).toEqual([[name, 5]]);
  });

  it('finds several categories, and distinguishes equal names by their paths', () => {
    const paths = ['a/pill', 'b/pill', 'b/screw'].map((folder) => `${folder}/train/good/0.png`);
    expect(scanFiles(drop(...paths)).categories.map(({ name }) => name)).toEqual([
      'a/pill',
      'b/pill',
      'screw',
    ]);
  });

  it('accepts extensions of any case, and masks with their image’s name or another extension', () => {
    const { categories } = scanFiles(
      drop(
        'c/train/good/0.JPG',
        'c/test/x/1.Jpeg',
        'c/test/x/2.webp',
        'c/ground_truth/x/1.png',
        'c/ground_truth/x/2_mask.bmp',
      ),
    );
    expect(categories[0].samples.map(({ maskPath }) => maskPath)).toEqual([
      undefined,
      'ground_truth/x/1.png',
      'ground_truth/x/2_mask.bmp',
    ]);
  });

  it('compares roles and defects in any case, and names as composed characters', () => {
    const [composedName, decomposed] = ['b\u00e9', 'be\u0301'];
    const { categories } = scanFiles(
      drop(
        'c/Train/GOOD/0.png',
        'c/test/Good/0.png',
        `c/test/${composedName}/1.png`,
        'c/test/x/2.png',
        `c/Ground_Truth/${decomposed}/1_mask.png`,
        'c/ground_truth/X/2_MASK.PNG',
      ),
    );
    expect(
      categories[0].samples.map(({ path, defectType, anomalous, maskPath }) => [
        path,
        defectType,
        anomalous,
        maskPath,
      ]),
    ).toEqual([
      ['Train/GOOD/0.png', 'good', false, undefined],
      ['test/Good/0.png', 'good', false, undefined],
      [`test/${composedName}/1.png`, composedName, true, `Ground_Truth/${decomposed}/1_mask.png`],
      ['test/x/2.png', 'x', true, 'ground_truth/X/2_MASK.PNG'],
    ]);
    const stems = scanFiles(
      drop('c/train/good/0.png', `c/test/x/${composedName}.png`, `c/ground_truth/x/${decomposed}_mask.png`),
    );
    expect(stems.categories[0].samples[1].maskPath).toBe(`ground_truth/x/${decomposed}_mask.png`);
  });

  it('takes folders that differ in case only as one defect, and says so', () => {
    const { categories } = scanFiles(
      drop('c/train/good/0.png', 'c/test/Scratch/1.png', 'c/test/scratch/2.png', 'c/test/good/0.png'),
    );
    expect(categories[0].samples.map(({ defectType }) => defectType)).toEqual([
      'good',
      'good',
      'Scratch',
      'Scratch',
    ]);
    expect(categories[0].notices).toContain('The folders test/Scratch and test/scratch are taken as one.');
  });

  it('uses no mask that fits two images, and names them', () => {
    const { categories } = scanFiles(
      drop('c/train/good/0.png', 'c/test/x/1.png', 'c/test/x/1.jpg', 'c/ground_truth/x/1_mask.png'),
    );
    expect(categories[0].samples.map(({ maskPath }) => maskPath)).toEqual([undefined, undefined, undefined]);
    expect(categories[0].skippedFiles).toEqual([
      {
        path: 'ground_truth/x/1_mask.png',
        reason: 'It fits several images, 1.jpg and 1.png: rename the others.',
      },
    ]);
  });

  it('keeps the first file of a path that comes from two folders of one name', () => {
    const first = dropped('c/train/good/0.png', 5);
    const { categories, skippedFiles } = scanFiles([
      first,
      dropped('c/train/good/0.png'),
      dropped('c/train/good/1.png'),
    ]);
    expect(categories[0].samples.map(({ source }) => source)).toMatchObject([{ image: first.file }, {}]);
    expect(skippedFiles).toEqual([
      { path: 'c/train/good/0.png', reason: expect.stringContaining('from another folder of the same name') },
    ]);
  });

  it('pairs masks by defect and stem', () => {
    const { categories } = scanFiles(
      drop(
        'c/train/good/0.png',
        'c/test/x/1.png',
        'c/test/y/1.png',
        'c/ground_truth/x/01_mask.png',
        'c/ground_truth/y/1_mask.png',
      ),
    );
    expect(categories[0].samples.map(({ path, maskPath }) => [path, maskPath])).toEqual([
      ['train/good/0.png', undefined],
      ['test/x/1.png', undefined],
      ['test/y/1.png', 'ground_truth/y/1_mask.png'],
    ]);
    expect(categories[0].skippedFiles).toEqual([
      { path: 'ground_truth/x/01_mask.png', reason: 'A mask without an image: test/x/01 does not exist.' },
    ]);
    expect(categories[0].notices).toContain('1 of 2 defect images has no mask.');
  });

  it('skips other files, each with its reason', () => {
    const { categories, skippedFiles } = scanFiles([
      ...drop(...bottle),
      ...drop('notes.txt', 'cat.png', 'bottle/license', 'bottle/readme.md', 'bottle/train/good/002.gif'),
      ...drop('bottle/extra/1.png', 'bottle/train/good/deep/1.png', 'bottle/train/bad/1.png'),
      ...drop(
        'bottle/ground_truth/good/000.png',
        'bottle/ground_truth/broken/000.png',
        'bottle/ground_truth/1.png',
      ),
      dropped('bottle/train/good/003.png', 0),
    ]);
    expect(skippedFiles).toEqual([
      { path: 'notes.txt', reason: 'Text, not an image.' },
      { path: 'cat.png', reason: 'Outside every category.' },
    ]);
    expect(Object.fromEntries(categories[0].skippedFiles.map(({ path, reason }) => [path, reason]))).toEqual({
      license: 'Text, not an image.',
      'readme.md': 'Text, not an image.',
      'train/good/002.gif': 'Not a supported image (.gif): only PNG, JPEG, WebP, BMP and TIFF are.',
      'extra/1.png': 'Outside train/good, test/<defect> and ground_truth/<defect>.',
      'train/good/deep/1.png': 'Outside train/good, test/<defect> and ground_truth/<defect>.',
      'train/bad/1.png': 'Training uses only normal images, from train/good.',
      'ground_truth/good/000.png': 'Normal images need no mask.',
      'ground_truth/broken/000.png': 'A mask without an image: test/broken/000 does not exist.',
      'ground_truth/1.png': 'Directly in ground_truth/: expected in ground_truth/<defect>.',
      'train/good/003.png': 'It is empty: 0 bytes.',
    });
    expect(categories[0].samples).toHaveLength(5);
  });

  it('ignores files that operating systems leave behind', () => {
    const left = [
      'bottle/.DS_Store',
      'bottle/train/good/Thumbs.db',
      '__MACOSX/bottle/train/good/._000.png',
      'desktop.ini',
    ];
    const { categories, skippedFiles } = scanFiles(drop(...bottle, ...left));
    expect([skippedFiles, categories[0].skippedFiles, categories.length]).toEqual([[], [], 1]);
  });
});

describe('notices of a category', () => {
  const noticesOf = (...paths: readonly string[]): readonly string[] =>
    scanFiles(drop('c/train/good/0.png', ...paths)).categories[0].notices;

  it('report missing test images', () => {
    expect(noticesOf()).toEqual([
      'There are no test images: a threshold can be fitted on good images, but AUROC is undefined.',
    ]);
  });

  it('report a test split of one class', () => {
    expect(noticesOf('c/test/good/0.png')).toEqual([
      'All test images are good: AUROC is undefined without anomalous ones.',
    ]);
    expect(noticesOf('c/test/x/0.png', 'c/ground_truth/x/0_mask.png')).toEqual([
      'All test images are anomalous: AUROC is undefined without good ones.',
    ]);
  });

  it('report that all masks are missing, or how many', () => {
    const test = ['c/test/good/0.png', 'c/test/x/0.png', 'c/test/x/1.png', 'c/test/x/2.png'];
    expect(noticesOf(...test)).toEqual([
      'There is no ground_truth folder with masks: the positions of the defects are unknown.',
    ]);
    expect(noticesOf(...test, 'c/ground_truth/x/1.png')).toEqual(['2 of 3 defect images have no mask.']);
  });
});

describe('a drop that cannot be used', () => {
  it('is not a category if nothing has the layout: reports what was found and expected', () => {
    const error = errorOf(drop('holiday/1.jpg', 'holiday/2.jpg', 'holiday/sea/3.jpg'));
    expect(error.code).toBe('not-a-category');
    expect(error.problem).toBe(
      'The dropped folder is not a category: it has 3 images in holiday and holiday/sea.',
    );
    expect(error.remedy).toContain('train/good');
    expect(errorOf(drop('a/notes.txt')).problem).toContain('no images, only notes.txt');
    expect(errorOf([]).problem).toContain('it is empty');
  });

  it('has no training images: reports what exists instead', () => {
    expect(errorOf(drop('c/test/good/0.png'))).toMatchObject({
      code: 'no-training-images',
      problem: 'The category c has no training images in train/good: no such folder with images exists.',
    });
    expect(errorOf(drop('c/train/0.png', 'c/train/1.png')).problem).toContain(
      '2 images such as train/0.png lie directly in train/',
    );
    expect(errorOf(drop('c/train/normal/0.png')).problem).toContain('train/ holds only normal');
    expect(errorOf([dropped('c/train/good/0.png', 0)]).problem).toContain(
      'every image there is an empty file (1)',
    );
  });

  it('mixes layouts: names the image and the folder', () => {
    const error = errorOf(drop('c/train/good/0.png', 'c/train/1.png'));
    expect(error.code).toBe('mixed-layouts');
    expect(error.problem).toBe(
      'The category c mixes layouts: 1 image such as train/1.png lies directly in train/ beside train/good.',
    );
    expect(errorOf(drop('c/train/good/0.png', 'c/test/x/0.png', 'c/test/1.png')).code).toBe('mixed-layouts');
  });

  it('skips only the broken one of several categories', () => {
    const { categories, skippedFiles } = scanFiles(
      drop(...bottle, 'pill/test/good/0.png', 'nut/train/good/0.png', 'nut/train/1.png'),
    );
    expect(categories.map(({ name }) => name)).toEqual(['bottle']);
    expect(skippedFiles.map(({ path }) => path)).toEqual(['nut', 'pill']);
    expect(skippedFiles[1].reason).toContain('no training images in train/good');
  });

  it('is a category inside another: the inner one is still used', () => {
    const { categories, skippedFiles } = scanFiles(drop('a/train/good/0.png', 'a/b/train/good/0.png'));
    expect(categories.map(({ name }) => name)).toEqual(['b']);
    expect(skippedFiles).toEqual([
      { path: 'a', reason: expect.stringContaining('contains another category, a/b') },
    ]);
  });
});
