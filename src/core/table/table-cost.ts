/** The cost of the paper's whole table, from MVTec AD's official counts. */
import type { RunConfig } from '../config.ts';
import { evaluatedImages, evaluationCount } from '../evaluation-work.ts';
import { type CategoryCounts, officialCounts } from '../paper-differences/official-counts.ts';
import { heldOutCount } from '../training-split.ts';
import { paperCategories } from './paper-table.ts';

/** A forward pass has a third of the operations of a training step. */
const forwardShare = 1 / 3;

/** The categories of the paper, with MVTec AD's counts. */
export const officialCategories: readonly { readonly name: string; readonly counts: CategoryCounts }[] =
  paperCategories.flatMap((name) => {
    const counts = officialCounts(name);
    return counts ? [{ name, counts }] : [];
  });

/** The category with the most training images, which needs the most memory. */
export const largestCategory = officialCategories.reduce((largest, category) =>
  category.counts.train > largest.counts.train ? category : largest,
);

/** Work of a run with its evaluations, in units of one training image. */
export const workOfRun = (config: RunConfig, { train, testGood, testAnomalous }: CategoryCounts): number => {
  const trained = train - heldOutCount(train, config.holdOutPercent);
  const evaluated = evaluatedImages(config, { train: trained, test: testGood + testAnomalous });
  return config.epochs * trained + evaluationCount(config) * evaluated * forwardShare;
};

/** The same for one run of each category of the paper. */
export const workOfAllCategories = (config: RunConfig): number =>
  officialCategories.reduce((sum, { counts }) => sum + workOfRun(config, counts), 0);
