import { expect, it } from 'vitest';
import { planSamples } from '#core/layout/plan-samples.ts';
import { proposeMappings } from '#core/layout/propose-mapping.ts';
import { layoutTrees } from '#testing/layout-trees.ts';
import { mappingCounts, someOf } from './mapping-counts.ts';

it('counts each image once, by its use', () => {
  const [mapping] = proposeMappings(layoutTrees['MVTec AD 2']).mappings;
  expect(mappingCounts(planSamples(mapping).samples)).toEqual({
    ...{ trained: 1, heldOut: 1, testedNormal: 1, defects: 1, masked: 1 },
  });
});

it('spreads the shown images over a folder', () => {
  expect(someOf([1, 2], 3)).toEqual([1, 2]);
  expect(someOf([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([0, 2, 4]);
});
