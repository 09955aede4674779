import { expect, it } from 'vitest';
import { BatchOrder } from './batch-order.ts';

it('returns every image once per epoch, with the rest in the last batch', () => {
  const order = new BatchOrder(10, 4, 7);
  expect(order.stepsPerEpoch).toBe(3);
  const epoch = [order.next(), order.next(), order.next()];
  expect(epoch.map((batch) => batch.length)).toEqual([4, 4, 2]);
  expect(epoch.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('orders epochs differently, and equally for the same seed', () => {
  const first = new BatchOrder(50, 50, 1);
  const epochs = [first.next(), first.next()];
  expect(epochs[0]).not.toEqual(epochs[1]);
  const again = new BatchOrder(50, 50, 1);
  expect([again.next(), again.next()]).toEqual(epochs);
  expect(new BatchOrder(50, 50, 2).next()).not.toEqual(epochs[0]);
});

it('continues from any position that was read, and refuses one of other images', () => {
  for (const batches of [0, 1, 2, 3, 4]) {
    const order = new BatchOrder(5, 2, 7);
    for (let batch = 0; batch < batches; batch++) order.next();
    const read = order.read();
    const expected = [order.next(), order.next(), order.next(), order.next()];
    const other = new BatchOrder(5, 2, 8);
    if (batches === 0) {
      expect(() => other.load(read)).toThrow(/has 5 images, got 0/);
      continue;
    }
    other.load(read);
    expect([other.next(), other.next(), other.next(), other.next()]).toEqual(expected);
  }
});
