import { expect, it } from 'vitest';
import { takeDroppedImages, takerOfDrop } from './image-drop.ts';

const image = { type: 'image/png', path: './part.png' };

it('a single image goes to the page that asks for images, while it asks', () => {
  expect(takerOfDrop([image])).toBeUndefined();
  const take = (): void => {};
  const end = takeDroppedImages(take);
  expect(takerOfDrop([image])).toBe(take);
  expect(takerOfDrop([{ type: 'image/png' }])).toBe(take);
  end();
  expect(takerOfDrop([image])).toBeUndefined();
});

it('folders, several files and other files go to the data set', () => {
  const end = takeDroppedImages(() => {});
  expect(takerOfDrop([{ type: 'image/png', path: '/bottle/part.png' }])).toBeUndefined();
  expect(takerOfDrop([image, image])).toBeUndefined();
  expect(takerOfDrop([{ type: 'application/json', path: './model.json' }])).toBeUndefined();
  expect(takerOfDrop([])).toBeUndefined();
  end();
});
