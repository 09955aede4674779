import { describe, expect, it } from 'vitest';
import { layoutTrees } from '#testing/layout-trees.ts';
import type { LayoutText } from './layout-text.ts';
import { planSamples } from './plan-samples.ts';
import { proposeMappings } from './propose-mapping.ts';
import { reasonText } from './roles.ts';

/** `role folder: kind x count` of each group, and `path -> masks` of each sample, for the only category. */
const shown = (paths: readonly string[], texts: readonly LayoutText[] = []) => {
  const { mappings } = proposeMappings(paths, texts);
  expect(mappings).toHaveLength(1);
  const [mapping] = mappings;
  const { samples, leftFiles, notices } = planSamples(mapping);
  return {
    name: mapping.name,
    layout: mapping.layout,
    percent: mapping.testShare.percent,
    groups: mapping.groups.map(({ role, folder, paths }) => `${role} ${folder || '.'} ${paths.length}`),
    uses: samples.map(({ path, split, heldOut, defectType, maskPaths }) =>
      [heldOut ? 'held-out' : split, defectType, path, ...maskPaths].join(' '),
    ),
    leftFiles,
    notices,
  };
};

describe('the proposed roles', () => {
  it('of MVTec AD 2: test_public with its own masks, validation held out, private tests unlabeled', () => {
    const found = shown(layoutTrees['MVTec AD 2']);
    expect(found).toMatchObject({ name: 'can', layout: 'mvtec2', percent: 0 });
    expect(found.uses).toEqual([
      'train good train/good/0.png',
      'held-out good validation/good/0.png',
      'test good test_public/good/0.png',
      'test bad test_public/bad/0_regular.png test_public/ground_truth/bad/0_regular_mask.png',
    ]);
    expect(found.leftFiles.map(({ path }) => path)).toEqual(['test_private/', 'test_private_mixed/']);
    expect(found.notices).toContain('2 images are without a label and not used.');
  });

  it('of MVTec LOCO: all masks of a folder belong to its image, and sPRO is not computed', () => {
    const found = shown(layoutTrees['MVTec LOCO']);
    expect(found.layout).toBe('loco');
    expect(found.uses.slice(3)).toEqual([
      'test logical_anomalies test/logical_anomalies/000.png ground_truth/logical_anomalies/000/000.png ground_truth/logical_anomalies/000/001.png',
      'test structural_anomalies test/structural_anomalies/000.png ground_truth/structural_anomalies/000/000.png',
    ]);
    expect(found.groups).toContain('mask ground_truth/logical_anomalies 2');
    expect(found.notices).toContain('The sPRO of MVTec LOCO AD is not computed.');
  });

  it('of MVTec 3D-AD: rgb has the images, gt the masks, and positions are listed once', () => {
    const found = shown(layoutTrees['MVTec 3D-AD']);
    expect(found.layout).toBe('3d');
    expect(found.uses).toEqual([
      'train good train/good/rgb/000.png',
      'held-out good validation/good/rgb/000.png',
      'test good test/good/rgb/000.png',
      'test hole test/hole/rgb/000.png test/hole/gt/000.png',
    ]);
    expect(found.leftFiles.filter(({ path }) => path.includes('xyz'))).toEqual([
      { path: 'xyz/', reason: 'Positions in space, which are not read. 2 images.' },
    ]);
  });

  it('of BTAD, also if its training folder was renamed: ok is normal, ko a defect', () => {
    const found = shown(layoutTrees.BTAD);
    expect(found.layout).toBe('btad');
    const rest = ['test good test/ok/1.bmp', 'test ko test/ko/2.bmp ground_truth/ko/2.png'];
    expect(found.uses).toEqual(['train good train/ok/0.bmp', ...rest]);
    expect(shown(layoutTrees['BTAD, half renamed']).uses).toEqual(['train good train/good/0.bmp', ...rest]);
  });

  it('do not depend on capitals', () => {
    expect(shown(layoutTrees.capitals).uses).toEqual([
      'train good train/good/0.png',
      'test good test/Good/1.PNG',
      'test scratch test/scratch/2.png Ground_Truth/scratch/2_MASK.PNG',
    ]);
  });

  it('of VisA without its split file: a share of the normal images is for testing', () => {
    const found = shown(layoutTrees['VisA, raw']);
    expect(found).toMatchObject({ name: 'candle', layout: 'visa', percent: 20 });
    expect(found.uses).toEqual([
      'train good Data/Images/Normal/0000.JPG',
      'test Anomaly Data/Images/Anomaly/000.JPG Data/Masks/Anomaly/000.png',
    ]);
  });

  it('of VisA with its split file: training, testing and masks are those of the file', () => {
    const paths = ['Normal/0000.JPG', 'Normal/0001.JPG', 'Anomaly/000.JPG'].map(
      (path) => `VisA/candle/Data/Images/${path}`,
    );
    const text = [
      'object,split,label,image,mask',
      'candle,train,normal,candle/Data/Images/Normal/0000.JPG,',
      'candle,test,normal,candle/Data/Images/Normal/0001.JPG,',
      'candle,test,anomaly,candle/Data/Images/Anomaly/000.JPG,candle/Data/Masks/Anomaly/000.png',
    ].join('\r\n');
    const split = 'VisA/split_csv/1cls.csv';
    const found = shown([...paths, 'VisA/candle/Data/Masks/Anomaly/000.png', split], [{ path: split, text }]);
    expect(found).toMatchObject({ layout: 'visa-split', percent: 0 });
    expect(found.uses).toEqual([
      'train good Data/Images/Normal/0000.JPG',
      'test good Data/Images/Normal/0001.JPG',
      'test Anomaly Data/Images/Anomaly/000.JPG Data/Masks/Anomaly/000.png',
    ]);
  });

  it('of VisA with its annotations: the labels are the defect types, several of one image a type of their own', () => {
    const defects = [0, 1, 2, 3, 4, 5].map((at) => `Data/Images/Anomaly/00${at}.JPG`);
    const rows = [
      'image,label,mask',
      'candle/Data/Images/Normal/0000.JPG,normal,',
      `candle/${defects[0]},hole,candle/Data/Masks/Anomaly/other.png`,
      `candle/${defects[1]},"hole,crack",candle/Data/Masks/Anomaly/001.png`,
      `candle/${defects[2]},Hole,`,
      // Two different lines, no kind, and no line at all: these keep the kind of their folder.
      `candle/${defects[3]},hole,`,
      `candle/${defects[3]},crack,`,
      `candle/${defects[4]},anomaly,`,
      'a line without meaning',
      '',
    ];
    const annotations = { path: 'VisA/candle/image_anno.csv', text: `\ufeff${rows.join('\r\n')}` };
    const found = shown(
      [
        ...[...defects, 'Data/Images/Normal/0000.JPG', 'Data/Masks/Anomaly/other.png'].map(
          (path) => `VisA/candle/${path}`,
        ),
        annotations.path,
      ],
      [annotations],
    );
    expect(found.layout).toBe('visa');
    expect(found.groups).toContain('defect Data/Images/Anomaly 6');
    expect(found.uses.slice(1)).toEqual([
      `test hole ${defects[0]} Data/Masks/Anomaly/other.png`,
      `test hole,crack ${defects[1]}`,
      `test hole ${defects[2]}`,
      ...defects.slice(3).map((path) => `test Anomaly ${path}`),
    ]);
    expect(found.notices).toContain('The defect types are the labels in image_anno.csv.');
    expect(found.leftFiles).toEqual([]);
  });

  it('of VisA after its own split are those of MVTec AD', () => {
    const found = shown(layoutTrees['VisA, own split']);
    expect(found.layout).toBe('mvtec');
    expect(found.uses[2]).toBe('test bad test/bad/000.JPG ground_truth/bad/000.png');
  });

  it('of anomalib’s Folder: normal, abnormal with masks, and a share for testing', () => {
    const found = shown(layoutTrees['anomalib Folder']);
    expect(found).toMatchObject({ name: 'hz', layout: 'folder', percent: 20 });
    expect(found.groups).toEqual(['defect abnormal 1', 'mask mask 1', 'train normal 1']);
    expect(found.uses[1]).toBe('test abnormal abnormal/1.png mask/1.png');
    const kinds = shown(layoutTrees['anomalib Folder with kinds']);
    expect(kinds.groups).toEqual(['defect colour 1', 'train good 1', 'mask mask/colour 1']);
    expect(kinds.uses[1]).toBe('test colour colour/1.png mask/colour/1.png');
  });

  it('pair masks of every naming', () => {
    expect(shown(layoutTrees['numbered masks']).uses[2]).toBe(
      'test bad test/bad/001.png ground_truth/bad/mask_001.png',
    );
    for (const mask of ['1_mask', '1', 'mask_1', '1_gt', '1-mask', '1_MASK']) {
      const found = shown(['a/train/good/0.png', 'a/test/bad/1.png', `a/ground_truth/bad/${mask}.png`]);
      expect(found.uses[1]).toBe(`test bad test/bad/1.png ground_truth/bad/${mask}.png`);
    }
  });

  it('keep sub-folders of a defect as its kind', () => {
    const found = shown(layoutTrees['sub-folders of a defect']);
    expect(found.uses[2]).toBe(
      'test bad/scratch test/bad/scratch/001.png ground_truth/bad/scratch/001_mask.png',
    );
  });

  it('join sub-folders of normal images', () => {
    const found = shown(layoutTrees.sessions);
    expect(found.layout).toBe('sessions');
    expect(found.groups).toContain('train train/good 2');
  });

  it('of normal images alone are for training, in one folder or in train/good', () => {
    expect(shown(layoutTrees['normals only'])).toMatchObject({ layout: 'normals', percent: 0 });
    const flat = shown(layoutTrees['flat normals']);
    expect(flat).toMatchObject({ name: 'parts', layout: 'flat', groups: ['train . 3'] });
  });

  it('take a category from its folder, and name an archive beside it once', () => {
    const { mappings, outside } = proposeMappings(layoutTrees['archive beside folders']);
    expect(mappings.map(({ name, layout }) => [name, layout])).toEqual([['bottle', 'mvtec']]);
    expect(outside.map(({ path }) => path)).toEqual(['mvtec/readme.txt', 'mvtec/bottle.tar.xz']);
  });

  it('never make a defect of a name of normality, in any case, width or language', () => {
    for (const name of ['good', 'OK', 'Normal', 'ＯＫ', 'defect-free', 'gut', '良品', 'НОРМА']) {
      const found = shown(['a/train/good/0.png', `a/test/${name}/1.png`, 'a/test/scratch/2.png']);
      expect(found.uses[1]).toBe(`test good test/${name}/1.png`);
    }
    const mixed = shown(['a/train/good/0.png', 'a/test/bad/good/1.png', 'a/test/cam1/ok/2.png']);
    expect(mixed.groups).toContain('ignored test/bad/good 1');
    expect(mixed.uses).toEqual(['train good train/good/0.png', 'test good test/cam1/ok/2.png']);
  });

  it('have a reason, which names what it rests on', () => {
    const [{ groups }] = proposeMappings(layoutTrees['anomalib Folder with kinds']).mappings;
    expect(groups.map(({ reason }) => reasonText(reason))).toEqual([
      'It lies beside “good”, so “colour” is taken for a kind of defect.',
      '“good” means normal, and no folder is for training.',
      '“mask” means masks.',
    ]);
  });

  it('of folders without telling names are left to the user', () => {
    const found = shown(['parts/day1/0.png', 'parts/day2/1.png']);
    expect(found).toMatchObject({
      layout: 'unknown',
      groups: ['ignored day1 1', 'ignored day2 1'],
      uses: [],
    });
  });
});

describe('the share of normal images for testing', () => {
  const paths = Array.from({ length: 10 }, (_, at) => `hz/normal/${at}.png`);
  const [mapping] = proposeMappings([...paths, 'hz/abnormal/1.png']).mappings;
  const tested = (seed: number): readonly string[] =>
    planSamples({ ...mapping, testShare: { percent: 30, seed } })
      .samples.filter(({ split, anomalous }) => split === 'test' && !anomalous)
      .map(({ path }) => path);

  it('is drawn by its seed, and is not trained on', () => {
    expect(tested(0)).toHaveLength(3);
    expect(tested(0)).toEqual(tested(0));
    expect(new Set([tested(0), tested(1), tested(2)].map(String)).size).toBeGreaterThan(1);
    const { samples, notices } = planSamples({ ...mapping, testShare: { percent: 30, seed: 4 } });
    expect(samples.filter(({ split }) => split === 'train')).toHaveLength(7);
    expect(notices).toContain('3 of the normal images are for testing (30 % with seed 4).');
  });
});
