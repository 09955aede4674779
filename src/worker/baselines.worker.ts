/** The baselines worker: evaluates a category's images without a network. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { picturesOfImage } from '#core/tiles.ts';
import { trainingSplit } from '#core/training-split.ts';
import { ReferenceScores } from '#training/baselines/reference-scores.ts';
import { StatisticTable } from '#training/baselines/statistic-table.ts';
import { viewBuffers } from '#training/sample-view.ts';
import { TestSet } from '#training/test-spectra.ts';
import type { BaselinesRequests } from './baselines-client.ts';
import { startCalibrationThread } from './calibration-thread.ts';
import { serveRpc, Transferred } from './rpc.ts';
import { noImages } from './session-errors.ts';

/** One image set with its cached values. */
interface Loaded {
  readonly images: ImageSet;
  readonly statistics: StatisticTable;
  readonly references: ReferenceScores;
  readonly testSet: TestSet;
}

let loaded: Loaded | undefined;

const present = (): Loaded => {
  if (!loaded) throw noImages();
  return loaded;
};

const goodIndicesOf = ({ images }: Loaded, config: RunConfig): readonly number[] =>
  trainingSplit(images.samples, config).trainedGood;

serveRpc<BaselinesRequests>(self, {
  loadImages: (images) => {
    loaded = {
      images,
      statistics: new StatisticTable(images),
      references: new ReferenceScores(images),
      testSet: new TestSet(images),
    };
    return undefined;
  },
  statistics: (config, call) => {
    const of = present();
    return of.statistics.evaluate(goodIndicesOf(of, config), call);
  },
  references: (config, call) => {
    const of = present();
    startCalibrationThread();
    return of.references.evaluate(config, goodIndicesOf(of, config), call);
  },
  view: async ({ index: image, tile = 0, config }, call) => {
    const of = present();
    const index = picturesOfImage(of.images.samples, image)[tile];
    if (index === undefined) throw noImages();
    const view = await of.references.view(index, config, goodIndicesOf(of, config), call);
    return new Transferred(view, viewBuffers(view));
  },
  testSpectra: (held, call) => present().testSet.spectra(held, call),
});
