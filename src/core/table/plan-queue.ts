/** Plans the runs of a table from categories, losses, seeds and settings, in the most efficient order. */
import { type LossName, parseRunConfig, type RunConfig } from '../config.ts';
import type { Category } from '../dataset.ts';
import { ResiduaError } from '../errors.ts';
import { excerpt } from '../excerpt.ts';
import { trainingSplit } from '../training-split.ts';
import { inPaperOrder } from './paper-table.ts';
import type { QueueEntry } from './queue-entry.ts';

/** The input of a plan. */
export interface QueuePlan {
  readonly categories: readonly Category[];
  readonly losses: readonly LossName[];
  readonly seeds: readonly number[];
  /** Settings of every run, except loss and seed. */
  readonly base: RunConfig;
}

const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether two configs differ at most in the loss and the seed, which every table varies. */
export const sameBase = (a: RunConfig, b: RunConfig): boolean => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof RunConfig>;
  return [...keys].every((key) => key === 'loss' || key === 'seed' || sameValue(a[key], b[key]));
};

const requireSome = (items: readonly unknown[], what: string): void => {
  if (items.length > 0) return;
  throw new ResiduaError('config-invalid', `The table has no ${what}.`, `Choose at least one ${what}.`);
};

/**
 * Plans the runs: all losses of a category's first seed, then those of its next seed, then the next category. Images
 * are then decoded once per category, and rows are completed early. Categories are in the paper's order.
 * @throws ResiduaError `config-invalid` without a category, loss or seed, or if a loss cannot be trained with
 *   these settings
 */
export const planQueue = ({ categories, losses, seeds, base }: QueuePlan): QueueEntry[] => {
  requireSome(categories, 'category');
  requireSome(losses, 'loss');
  requireSome(seeds, 'seed');
  const byName = new Map(categories.map((category) => [category.name, category]));
  return inPaperOrder([...byName.keys()]).flatMap((name) => {
    const samples = byName.get(name)?.samples ?? [];
    return [...new Set(seeds)].flatMap((seed) => {
      const trainCount = trainingSplit(samples, { ...base, seed }).trained.length;
      return [...new Set(losses)].map(
        (loss): QueueEntry => ({
          id: `${name}/${loss}/${seed}`,
          category: name,
          imageCount: samples.length,
          trainCount,
          loss,
          seed,
          config: parseRunConfig({ ...base, loss, seed }),
          outcome: { state: 'waiting' },
          spentMs: 0,
        }),
      );
    });
  });
};

/**
 * Adds planned runs to a table with the same settings. A run in both stays unchanged, unless the number of images in its
 * category has changed. Then all entries of that category refer to other data and are dropped.
 */
export const mergePlans = (existing: readonly QueueEntry[], planned: readonly QueueEntry[]): QueueEntry[] => {
  const imageCounts = new Map(planned.map(({ category, imageCount }) => [category, imageCount]));
  const valid = existing.filter(
    ({ category, imageCount }) => (imageCounts.get(category) ?? imageCount) === imageCount,
  );
  const known = new Set(valid.map(({ id }) => id));
  const entries = [...valid, ...planned.filter(({ id }) => !known.has(id))];
  const order = inPaperOrder([...new Set(entries.map(({ category }) => category))]);
  return order.flatMap((category) => entries.filter((entry) => entry.category === category));
};

/**
 * Parses seeds from text such as `0, 1, 2` or `0-4`.
 * @throws ResiduaError `config-invalid`, naming the part that is not a seed
 */
export const parseSeeds = (text: string): number[] => {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const seeds = parts.flatMap((part) => {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    if (first === undefined || to < from || to > 0xffffffff || to - from >= 100) {
      throw new ResiduaError(
        'config-invalid',
        `${excerpt(part)} is not a seed.`,
        'Give whole numbers from 0 to 4294967295, such as 0, 1, 2 or 0-4, at most 100 of them.',
      );
    }
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  requireSome(seeds, 'seed');
  return [...new Set(seeds)];
};
