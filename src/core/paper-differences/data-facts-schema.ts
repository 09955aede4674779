/** The schema of stored data facts. */
import * as v from 'valibot';
import type { DataFacts } from './data-facts.ts';

const count = v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0, 'must be at least 0'));

const sameContent = { count, example: v.tuple([v.string(), v.string()]) };
const duplicates = v.optional(v.object(sameContent));

/** Data facts in a record or a file. */
export const dataFactsSchema: v.GenericSchema<unknown, DataFacts> = v.pipe(
  v.object({
    category: v.string(),
    counts: v.object({ train: count, testGood: count, testAnomalous: count }),
    unreadable: count,
    duplicates: v.optional(
      v.object({
        trainAndTestGood: duplicates,
        trainAndTestAnomalous: duplicates,
        withinTrain: duplicates,
        testGoodAndAnomalous: duplicates,
      }),
    ),
    foreign: v.optional(v.union([v.literal('none'), v.object({ ...sameContent, category: v.string() })])),
  }),
  // An absent key and an undefined one mean the same.
  v.transform(
    (facts): DataFacts => ({
      ...facts,
      duplicates: facts.duplicates && {
        trainAndTestGood: facts.duplicates.trainAndTestGood,
        trainAndTestAnomalous: facts.duplicates.trainAndTestAnomalous,
        withinTrain: facts.duplicates.withinTrain,
        testGoodAndAnomalous: facts.duplicates.testGoodAndAnomalous,
      },
      foreign: facts.foreign,
    }),
  ),
);
