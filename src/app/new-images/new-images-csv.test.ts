import { expect, it } from 'vitest';
import { newImagesCsv } from './new-images-csv.ts';

it('decides each image at the threshold, and leaves the decision out without one', () => {
  const images = [
    { path: 'a.png', score: 0.5 },
    { path: 'b.png', score: 0.25 },
  ];
  expect(newImagesCsv(images, 0.5)).toBe(
    'path,score,threshold,decision\r\na.png,0.5,0.5,anomalous\r\nb.png,0.25,0.5,good\r\n',
  );
  expect(newImagesCsv(images, undefined)).toBe(
    'path,score,threshold,decision\r\na.png,0.5,,\r\nb.png,0.25,,\r\n',
  );
});
