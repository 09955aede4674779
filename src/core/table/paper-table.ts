/** Table II of the paper: image AUROC by category and loss, for comparison with a run. */
import { type LossName, lossNames } from '../config.ts';

/** The losses of the paper's columns, in its order. */
export const paperLosses: readonly LossName[] = ['ssim', 'l2', 'wfdl'];

/** Image AUROC as printed, two decimals, in the order of `paperLosses`; categories in the paper's order. */
const printed: Readonly<Record<string, readonly [ssim: number, l2: number, wfdl: number]>> = {
  carpet: [0.72, 0.5, 0.54],
  grid: [0.63, 0.78, 0.77],
  leather: [0.26, 0.44, 0.45],
  tile: [0.33, 0.73, 0.73],
  wood: [0.86, 0.74, 0.89],
  bottle: [0.86, 0.8, 0.94],
  cable: [0.72, 0.56, 0.73],
  capsule: [0.68, 0.62, 0.71],
  hazelnut: [0.78, 0.78, 0.83],
  metal_nut: [0.62, 0.73, 0.65],
  pill: [0.51, 0.62, 0.81],
  screw: [0.51, 0.69, 0.82],
  toothbrush: [0.92, 0.98, 0.94],
  transistor: [0.78, 0.71, 0.83],
  zipper: [0.57, 0.8, 0.71],
};

/** The categories of the paper's rows (MVTec AD), in its order. */
export const paperCategories: readonly string[] = Object.keys(printed);

/** The paper's image AUROC of a category and a loss, two decimals; undefined if the table has none. */
export const paperAuroc = (category: string, loss: LossName): number | undefined => {
  const column = paperLosses.indexOf(loss);
  return Object.hasOwn(printed, category) && column >= 0 ? printed[category][column] : undefined;
};

/** All losses as columns of a table: the paper's in its order, then the others. */
export const tableLosses: readonly LossName[] = [
  ...paperLosses,
  ...lossNames.filter((loss) => !paperLosses.includes(loss)),
];

/** Whether the paper has a column for this loss. */
export const isPaperLoss = (loss: LossName): boolean => paperLosses.includes(loss);

/** Sorts categories in the paper's order, followed by others by name. */
export const inPaperOrder = (categories: readonly string[]): string[] => {
  const placeOf = (category: string): number => {
    const place = paperCategories.indexOf(category);
    return place < 0 ? paperCategories.length : place;
  };
  return [...categories].sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : a > b ? 1 : 0));
};
