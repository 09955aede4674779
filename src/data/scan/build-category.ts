/** Builds one category from the files below its folder, or throws an error with the reason. */
import type { Category, Sample, SkippedFile } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { comparable, isImageName, notAnImage } from '#core/layout/file-names.ts';
import { counted, listed } from '../words.ts';
import type { CategoryFolder, Placement } from './drop-paths.ts';
import { type PlacedFile, pairMasks } from './pair-masks.ts';

/** A file below a category's folder. */
export interface CategoryFile {
  /** Path inside the category. */
  readonly path: string;
  readonly name: string;
  readonly file: File;
  /** Undefined if it is outside the layout. */
  readonly placement: Placement | undefined;
}

const normalGroup = 'good';

const isNormal = ({ group }: Pick<PlacedFile, 'group'>): boolean => comparable(group) === normalGroup;

/** The images of a category by their position in the layout. */
interface SortedFiles {
  readonly images: Readonly<Record<CategoryFolder, PlacedFile[]>>;
  /** Images directly in train, test or ground_truth. */
  readonly loose: Readonly<Record<CategoryFolder, string[]>>;
  readonly skippedFiles: SkippedFile[];
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

const sortFiles = (files: readonly CategoryFile[]): SortedFiles => {
  const images: SortedFiles['images'] = { train: [], test: [], ground_truth: [] };
  const loose: SortedFiles['loose'] = { train: [], test: [], ground_truth: [] };
  const skippedFiles: SkippedFile[] = [];
  for (const { path, name, file, placement } of [...files].sort(byPath)) {
    if (!isImageName(name)) skippedFiles.push({ path, reason: notAnImage(name) });
    else if (placement === undefined) {
      skippedFiles.push({ path, reason: 'Outside train/good, test/<defect> and ground_truth/<defect>.' });
    } else if (file.size === 0) skippedFiles.push({ path, reason: 'It is empty: 0 bytes.' });
    else if (placement.group === undefined) loose[placement.folder].push(path);
    else images[placement.folder].push({ path, name, group: placement.group, file });
  }
  return { images, loose, skippedFiles };
};

const groupsOf = (files: readonly PlacedFile[]): readonly string[] => [
  ...new Set(files.map(({ group }) => group)),
];

/** @throws ResiduaError `mixed-layouts` if a split has images both directly in it and in folders below it */
const refuseMixedLayouts = (name: string, { images, loose }: SortedFiles): void => {
  for (const folder of ['train', 'test'] as const) {
    const [first] = loose[folder];
    if (first === undefined || images[folder].length === 0) continue;
    const groups = listed(groupsOf(images[folder]).map((group) => `${folder}/${group}`));
    throw new ResiduaError(
      'mixed-layouts',
      `The category ${name} mixes layouts: ${counted(loose[folder].length, 'image')} such as ${first} ${loose[folder].length === 1 ? 'lies' : 'lie'} directly in ${folder}/ beside ${groups}.`,
      `Move them into a folder below ${folder}/, or remove them.`,
    );
  }
};

/** @throws ResiduaError `no-training-images`, naming the folders that exist instead */
const refuseWithoutTraining = (name: string, { images, loose, skippedFiles }: SortedFiles): void => {
  if (images.train.some(isNormal)) return;
  const empty = skippedFiles.filter(
    ({ path, reason }) => comparable(path).startsWith('train/good/') && reason.includes('0 bytes'),
  );
  let found = 'no such folder with images exists';
  if (empty.length > 0) found = `every image there is an empty file (${empty.length})`;
  else if (loose.train.length > 0) {
    found = `${counted(loose.train.length, 'image')} such as ${loose.train[0]} ${loose.train.length === 1 ? 'lies' : 'lie'} directly in train/`;
  } else if (images.train.length > 0) {
    found = `train/ holds only ${listed(groupsOf(images.train))}`;
  }
  throw new ResiduaError(
    'no-training-images',
    `The category ${name} has no training images in train/good: ${found}.`,
    'Put normal images into train/good (PNG, JPEG, WebP, BMP or TIFF).',
  );
};

/** Replaces the names of folders that differ in case or composition only by the first of them. */
const withMergedGroups = (
  files: readonly PlacedFile[],
): { readonly files: readonly PlacedFile[]; readonly notices: readonly string[] } => {
  const spellings = new Map<string, Set<string>>();
  const merged = files.map((file) => {
    const key = comparable(file.group);
    const known = spellings.get(key) ?? new Set();
    spellings.set(key, known.add(file.group));
    const [group = file.group] = known;
    return { ...file, group };
  });
  const notices = [...spellings.values()]
    .filter(({ size }) => size > 1)
    .map((names) => `The folders ${listed([...names].map((name) => `test/${name}`))} are taken as one.`);
  return { files: merged, notices };
};

/**
 * The notices about the classes of the test images, and about missing masks.
 * @param hasMasks whether the category has masks at all
 */
export const categoryNotices = (samples: readonly Sample[], hasMasks: boolean): string[] => {
  const test = samples.filter(({ split }) => split === 'test');
  const anomalous = test.filter((sample) => sample.anomalous);
  if (test.length === 0)
    return ['There are no test images: a threshold can be fitted on good images, but AUROC is undefined.'];
  const notices: string[] = [];
  if (anomalous.length === 0) {
    notices.push('All test images are good: AUROC is undefined without anomalous ones.');
  } else if (anomalous.length === test.length) {
    notices.push('All test images are anomalous: AUROC is undefined without good ones.');
  }
  const unmasked = anomalous.filter(({ maskPath }) => maskPath === undefined).length;
  if (unmasked > 0) {
    notices.push(
      !hasMasks
        ? 'There is no ground_truth folder with masks: the positions of the defects are unknown.'
        : `${unmasked} of ${counted(anomalous.length, 'defect image')} ${unmasked === 1 ? 'has' : 'have'} no mask.`,
    );
  }
  return notices;
};

const toSample = (
  { path, group, file }: PlacedFile,
  split: Sample['split'],
  mask: PlacedFile | undefined,
): Sample => ({
  path,
  split,
  defectType: isNormal({ group }) ? normalGroup : group,
  anomalous: !isNormal({ group }),
  maskPath: mask?.path,
  source: { kind: 'file', image: file, masks: mask ? [mask.file] : [] },
});

/**
 * Builds a category in MVTec's layout: `train/good/`, `test/<defect>/`, `ground_truth/<defect>/<stem>_mask.png`.
 * Samples are sorted: training, good test images, defects by name; and by path within each.
 * @throws ResiduaError `mixed-layouts` or `no-training-images`
 */
export const buildCategory = (name: string, files: readonly CategoryFile[]): Category => {
  const sorted = sortFiles(files);
  refuseMixedLayouts(name, sorted);
  refuseWithoutTraining(name, sorted);
  const { images, loose, skippedFiles } = sorted;
  const test = withMergedGroups(images.test);
  const anomalous = test.files.filter((image) => !isNormal(image));
  const masks = images.ground_truth.filter((mask) => !isNormal(mask));
  const paired = pairMasks(anomalous, masks);
  const samples = [
    ...images.train.filter(isNormal).map((image) => toSample(image, 'train', undefined)),
    ...test.files.filter(isNormal).map((image) => toSample(image, 'test', undefined)),
    ...anomalous.map((image) => toSample(image, 'test', paired.maskOf.get(image.path))),
  ];
  const leftOut = [
    ...skippedFiles,
    ...paired.skippedFiles,
    ...images.train
      .filter((image) => !isNormal(image))
      .map(({ path }) => ({ path, reason: 'Training uses only normal images, from train/good.' })),
    ...images.ground_truth
      .filter(isNormal)
      .map(({ path }) => ({ path, reason: 'Normal images need no mask.' })),
    ...loose.test.map((path) => ({
      path,
      reason: 'Directly in test/: expected in test/good or test/<defect>.',
    })),
    ...loose.ground_truth.map((path) => ({
      path,
      reason: 'Directly in ground_truth/: expected in ground_truth/<defect>.',
    })),
  ].sort(byPath);
  return {
    name,
    samples,
    skippedFiles: leftOut,
    notices: [...categoryNotices(samples, images.ground_truth.length > 0), ...test.notices],
  };
};
