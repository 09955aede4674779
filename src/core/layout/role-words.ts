/** The names of folders that say which role their images have. */

/** Without differences of case, width (full-width letters) and separators. */
const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

const test = (...words: readonly string[]): ((name: string) => boolean) => {
  const known = new Set(words);
  return (name) => known.has(folded(name));
};

/** `train`. */
export const isTrainName = test('train', 'training');

/** `test`, and the labeled `test_public` of MVTec AD 2. */
export const isTestName = test('test', 'testing', 'test_public');

/** `test_private`, `test_private_mixed`: test images whose labels are not published. */
export const isUnlabeledTestName = (name: string): boolean => /^test_private/.test(folded(name));

/** `validation`: normal images beside the training images. */
export const isValidationName = test('validation', 'val', 'valid');

/** `ground_truth`. */
export const isGroundTruthName = test('ground_truth', 'groundtruth');

/** Every name of a folder of masks. */
export const isMaskName = test(
  ...['ground_truth', 'groundtruth', 'gt', 'mask', 'masks', 'annotation', 'annotations'],
);

/** Folders that only hold images: their names say nothing about a role. */
export const isContainerName = test('image', 'images', 'img', 'rgb');

/** `xyz`: positions in space of MVTec 3D-AD. */
export const isPositionsName = test('xyz');

/** `Data`: the folder between a category of VisA and its images and masks. */
export const isDataName = test('data');

/** Names of normality, in several languages. */
export const isNormalName = test(
  ...['good', 'ok', 'okay', 'normal', 'normals', 'nominal', 'pass', 'passed', 'intact', 'flawless'],
  ...['no_defect', 'no_defects', 'non_defective', 'defect_free', 'anomaly_free', 'not_anomalous'],
  ...['gut', 'io', 'i.o.', 'bon', 'bueno', 'buono', 'норма', '正常', '良品', '合格', '정상'],
);

/** Normal images for testing, in the layout `Folder` of anomalib. */
export const isNormalTestName = test('normal_test', 'test_normal', 'good_test', 'test_good', 'ok_test');

/** Names that say a defect without its kind. */
export const isAbnormalName = test(
  ...['abnormal', 'anomaly', 'anomalies', 'anomalous', 'defect', 'defects', 'defective', 'bad', 'ko', 'ng'],
  ...['faulty', 'fail', 'failed', 'not_good', 'nok', 'nio', 'reject', 'rejected'],
);
