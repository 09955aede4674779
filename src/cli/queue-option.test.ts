import { describe, expect, it } from 'vitest';
import { queueCells, queueOption } from './queue-option.ts';

describe('the option --queue', () => {
  it('combines all values, with the last setting changing first', () => {
    const queue = queueOption(['loss=l2,wfdl', 'seed=0,1'], {});
    const cells = queueCells(queue!, ['bottle', 'pill']);
    expect(cells.map(({ folder }) => folder)).toEqual([
      'bottle/loss-l2/seed-0',
      'bottle/loss-l2/seed-1',
      'bottle/loss-wfdl/seed-0',
      'bottle/loss-wfdl/seed-1',
      'pill/loss-l2/seed-0',
      'pill/loss-l2/seed-1',
      'pill/loss-wfdl/seed-0',
      'pill/loss-wfdl/seed-1',
    ]);
    expect(cells[6]).toMatchObject({ category: 'pill', settings: { loss: 'wfdl', seed: 0 } });
  });

  it('with categories alone trains one run for each', () => {
    const queue = queueOption(['category=bottle,pill'], {});
    expect(queue?.categories).toEqual(['bottle', 'pill']);
    expect(queueCells(queue!, queue!.categories!)).toEqual([
      { category: 'bottle', values: [], settings: {}, folder: 'bottle' },
      { category: 'pill', values: [], settings: {}, folder: 'pill' },
    ]);
  });

  it('is no queue if it is not given', () => {
    expect(queueOption([], {})).toBeUndefined();
  });

  it.each([
    [['loss'], {}, '--queue is loss, expected a setting and its values'],
    [['loss='], {}, '--queue is loss=, expected a setting and its values'],
    [['los=l2'], {}, 'los is neither category nor a setting'],
    [['loss=l2,l2'], {}, 'names l2 twice'],
    [['loss=l2', 'loss=wfdl'], {}, '--queue names loss twice'],
    [['seed=0,1'], { seed: '3' }, 'cannot be combined with --seed'],
    [['category=bottle'], { category: 'pill' }, 'cannot be combined with --category'],
    [['category=bottle'], { sample: true }, 'give --data DIR'],
    [['weight-curve=0:0'], {}, 'cannot list values of weight-curve'],
  ])('refuses %j with the arguments %j', (texts, given, problem) => {
    expect(() => queueOption(texts, given)).toThrow(problem);
  });
});
