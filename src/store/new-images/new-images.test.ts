import { describe, expect, it } from 'vitest';
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { createFakeClients, fakeEvaluation } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { reducedMap } from './score-new-images.ts';
import { pictureSide } from './state.ts';

const dropped = (path: string) => ({ path, file: new File(['x'], path) });

/** A store with an evaluated run, whose workers score an image by its first byte. */
const evaluated = async (rest: 'paused' | 'running' = 'paused') => {
  const fake = createFakeClients();
  fake.preview = async (source, { side }) => {
    if (source.kind !== 'file') throw new Error('no file');
    const name = (source.image as File).name;
    if (name.includes('broken'))
      throw new ResiduaError('unreadable-image', 'It is empty: 0 bytes.', 'Remove it.');
    return {
      ...{ width: 9, height: 7, transparent: false, rotated: false, mask: undefined, maskEmpty: false },
      ...{ maskThin: false, maskCropped: false, maskProblem: undefined, contentHash: undefined },
      pixels: new Uint8Array(side * side * 3).fill(Number(/\d+/.exec(name)?.[0])),
      thumbnail: new Uint8ClampedArray(pictureSide * pictureSide * 4),
    };
  };
  const asked: ImageSet[] = [];
  fake.answer('scoreImages', (images: ImageSet) => {
    asked.push(images);
    const { samples, side, pixels } = images;
    return {
      scores: Float64Array.from(samples, (_, at) => pixels[at * side * side * 3]),
      maps: samples.map(() => ({ map: new Float32Array(side * side).fill(0.5), width: side, height: side })),
      step: 3,
    };
  });
  const started = await startedStore(fake);
  fake.status({ phase: rest, step: 3 });
  fake.emit('evaluation', fakeEvaluation(3, [1, 2, 3, 4, 5]));
  return { ...started, asked };
};

const never = () => Promise.reject(new Error('asked'));

describe('images that are dropped on a trained run', () => {
  it('are scored by its last evaluation, some at a time, and unreadable ones are named', async () => {
    const { store, open, asked } = await evaluated();
    const { loaded } = store.getState().dataset;
    const files = Array.from({ length: 18 }, (_, at) => dropped(`new/${at}.png`));
    await open.drop([...files, dropped('new/broken.png')], never);
    const { phase, images, skippedFiles, evaluation, mapSide } = store.getState().newImages;
    expect(images.map(({ path, score }) => [path, score])).toEqual(files.map(({ path }, at) => [path, at]));
    expect(skippedFiles).toEqual([{ path: 'new/broken.png', reason: 'It is empty: 0 bytes.' }]);
    expect([phase, evaluation?.step]).toEqual(['done', 3]);
    expect(images[0].map).toHaveLength(mapSide ** 2);
    expect(asked.map(({ samples }) => samples.length)).toEqual([16, 2]);
    expect(store.getState().dataset.loaded).toBe(loaded);
  });

  it('leave no trace when they are closed, and an error stays beside what was scored', async () => {
    const { store, fake, newImages } = await evaluated();
    fake.answer('scoreImages', () => new Promise(() => undefined));
    const scoring = newImages.score([dropped('1.png')]);
    await expect.poll(() => store.getState().newImages.phase).toBe('scoring');
    newImages.close();
    await scoring;
    expect(store.getState().newImages).toMatchObject({ phase: 'none', images: [] });
    fake.answer('scoreImages', () => {
      throw new ResiduaError('no-run', 'There is no run yet.', 'Train.');
    });
    await newImages.score([dropped('1.png')]);
    expect(store.getState().newImages).toMatchObject({ phase: 'done', error: { code: 'no-run' } });
  });

  it('are a data set while the run trains', async () => {
    const { store, open } = await evaluated('running');
    await open.drop([dropped('1.png')], async () => false);
    expect(store.getState().newImages.phase).toBe('none');
  });
});

describe('the map of an image', () => {
  it('is reduced by the largest value of each block', () => {
    const map = Float32Array.from({ length: 16 }, (_, at) => at);
    expect([...reducedMap({ map, width: 4, height: 4 }, 2)]).toEqual([5, 7, 13, 15]);
    expect(reducedMap({ map, width: 4, height: 4 }, 4)).toEqual(map);
  });

  it('of tiles lies in the middle of a square, as its padded picture does', () => {
    const map = Float32Array.from({ length: 8 }, (_, at) => at + 1);
    expect([...reducedMap({ map, width: 4, height: 2 }, 4)]).toEqual([
      0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0,
    ]);
    expect([...reducedMap({ map, width: 2, height: 4 }, 2)]).toEqual([3, 4, 7, 8]);
  });
});
