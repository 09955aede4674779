import { describe, expect, it } from 'vitest';
import { layoutTrees } from '#testing/layout-trees.ts';
import { scanDrop } from './scan-drop.ts';
import { type DroppedFile, scanFiles } from './scan-files.ts';

const drop = (paths: readonly string[], text = 'image'): readonly DroppedFile[] =>
  paths.map((path) => ({ path, file: new File([text], path.split('/').at(-1) ?? path) }));

/** Layouts that go straight through; all others are shown first. */
const straight = ['capitals', 'VisA, own split', 'normals only', 'TIFF', 'archive beside folders'];

describe('a drop of any layout', () => {
  it.each(Object.entries(layoutTrees))(
    '%s: every image has its file, and roles are shown unless MVTec’s own',
    async (name, paths) => {
      const { categories } = await scanDrop(drop(paths));
      expect(categories).toHaveLength(1);
      const [{ samples, mapped }] = categories;
      expect(mapped === undefined).toBe(straight.includes(name));
      expect(samples.filter(({ split }) => split === 'train').length).toBeGreaterThan(0);
      for (const { path, source, maskPath } of samples) {
        if (source.kind !== 'file') throw new Error('a sample without a file');
        expect((source.image as File).name).toBe(path.split('/').at(-1));
        expect(source.masks.length > 0).toBe(maskPath !== undefined);
      }
    },
  );

  it('in MVTec’s own layout gives what it always gave', async () => {
    const paths = [
      ...['c/train/good/0.png', 'c/train/bad/1.png', 'c/test/good/1.png', 'c/test/x/2.png', 'c/test/x/3.png'],
      ...['c/ground_truth/x/2_mask.png', 'c/ground_truth/x/9_mask.png', 'c/extra/1.png', 'notes.txt'],
    ];
    expect(await scanDrop(drop(paths))).toEqual(scanFiles(drop(paths)));
    const oneClass = drop(['c/train/good/0.png', 'c/train/good/1.png', 'c/test/x/2.png']);
    expect(await scanDrop(oneClass)).toEqual(scanFiles(oneClass));
  });

  it('shows a category whose images lie in and below train', async () => {
    const [{ samples, mapped }] = (await scanDrop(drop(['c/train/good/0.png', 'c/train/1.png']))).categories;
    expect(samples.map(({ path, split }) => [path, split])).toEqual([
      ['train/1.png', 'train'],
      ['train/good/0.png', 'train'],
    ]);
    expect(mapped?.mapping.groups).toHaveLength(2);
  });

  it('uses a given mapping in place of its own', async () => {
    const files = drop(['c/train/good/0.png', 'c/train/good/1.png', 'c/test/x/2.png']);
    const [{ mapped }] = (await scanDrop(drop(['c/train/1.png', 'c/train/good/0.png']))).categories;
    if (!mapped) throw new Error('it was not mapped');
    const { groups } = mapped.mapping;
    const given = {
      ...mapped.mapping,
      groups: groups.map((group) => ({ ...group, role: 'train' as const })),
    };
    const { categories } = await scanDrop(files, [given]);
    expect(categories.map(({ samples }) => samples.map(({ path }) => path))).toEqual([['train/good/0.png']]);
  });

  it('reads the split file of VisA', async () => {
    const split = 'VisA/split_csv/1cls.csv';
    const text = [
      'object,split,label,image,mask',
      'candle,train,normal,candle/Data/Images/Normal/0.JPG,',
      'candle,test,normal,candle/Data/Images/Normal/1.JPG,',
    ].join('\n');
    const images = drop(['0', '1'].map((stem) => `VisA/candle/Data/Images/Normal/${stem}.JPG`));
    const { categories } = await scanDrop([...images, ...drop([split], text)]);
    expect(categories[0].samples.map((sample) => sample.split)).toEqual(['train', 'test']);
  });

  it('without training images is refused as ever', async () => {
    await expect(scanDrop(drop(['c/test/good/0.png']))).rejects.toMatchObject({ code: 'no-training-images' });
    await expect(scanDrop(drop(['a/notes.txt']))).rejects.toMatchObject({ code: 'not-a-category' });
  });

  it('pairs no mask of another kind with an image', async () => {
    const [{ samples }] = (
      await scanDrop(
        drop(['c/train/good/0.png', 'c/test/x/7.png', 'c/test/y/8.png', 'c/ground_truth/y/7_mask.png']),
      )
    ).categories;
    expect(samples.map(({ maskPath }) => maskPath)).toEqual([undefined, undefined, undefined]);
  });
});
