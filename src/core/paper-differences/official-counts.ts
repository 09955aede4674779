/** The number of images in MVTec AD's 15 categories: the data of the paper's experiment. */

/** Images of one category by split and class. */
export interface CategoryCounts {
  readonly train: number;
  readonly testGood: number;
  readonly testAnomalous: number;
}

/** As printed in Bergmann et al., CVPR 2019, table of the data set's statistics. */
const printed: Readonly<Record<string, readonly [train: number, testGood: number, testAnomalous: number]>> = {
  carpet: [280, 28, 89],
  grid: [264, 21, 57],
  leather: [245, 32, 92],
  tile: [230, 33, 84],
  wood: [247, 19, 60],
  bottle: [209, 20, 63],
  cable: [224, 58, 92],
  capsule: [219, 23, 109],
  hazelnut: [391, 40, 70],
  metal_nut: [220, 22, 93],
  pill: [267, 26, 141],
  screw: [320, 41, 119],
  toothbrush: [60, 12, 30],
  transistor: [213, 60, 40],
  zipper: [240, 32, 119],
};

/** MVTec AD's own counts of a category; undefined if it has no category of that name. */
export const officialCounts = (category: string): CategoryCounts | undefined => {
  if (!Object.hasOwn(printed, category)) return undefined;
  const [train, testGood, testAnomalous] = printed[category]!;
  return { train, testGood, testAnomalous };
};
