import { describe, expect, it, vi } from 'vitest';
import { zipParts } from '#core/bundle/zip-parts.ts';
import { planned, running, started } from '../testing/started-queue.ts';
import { startedStore } from '../testing/started-store.ts';
import { dropRoute, type OpenQuestion } from './actions.ts';
import { holdsRun } from './holds-run.ts';

const dropped = (path: string, type = '') => ({
  path,
  file: new File([], path.split('/').at(-1) ?? '', { type }),
});
const image = dropped('part.png', 'image/png');
const model = [dropped('model.json', 'application/json'), dropped('weights.bin')];

describe('a drop', () => {
  const explorer = { page: 'figures', figure: 'filter' } as const;

  it('of a single image goes to the filter explorer while the page shows it', () => {
    expect(dropRoute([image], explorer)).toBe('image');
    expect(dropRoute([image], { page: 'figures', figure: 'comparison' })).toBe('dataset');
    expect(dropRoute([image], { page: 'bench', figure: 'filter' })).toBe('dataset');
  });

  it('of a folder or of several images goes to the data set', () => {
    expect(dropRoute([dropped('bottle/part.png', 'image/png')], explorer)).toBe('dataset');
    expect(dropRoute([image, image], explorer)).toBe('dataset');
    expect(dropRoute([], explorer)).toBe('dataset');
  });

  it('of images alone, loose or in one folder, is scored on the bench if a run that rests is evaluated', () => {
    const bench = { page: 'bench', figure: 'filter' } as const;
    const route = (...paths: readonly string[]) =>
      dropRoute(
        paths.map((path) => dropped(path)),
        bench,
        false,
        true,
      );
    expect(route('part.png')).toBe('new-images');
    expect(route('new/1.png', 'new/2.TIFF')).toBe('new-images');
    expect(route('bottle/train/1.png', 'bottle/train/2.png')).toBe('dataset');
    expect(route('a/1.png', 'b/2.png')).toBe('dataset');
    expect(route('a/1.png', 'a/notes.txt')).toBe('dataset');
    expect(dropRoute([image], bench)).toBe('dataset');
    expect(dropRoute([image], { page: 'table', figure: 'filter' }, false, true)).toBe('table');
  });

  it('of one file of a model says which file is missing, without a question', async () => {
    expect(dropRoute([dropped('bottle/train/license.json')], explorer)).toBe('dataset');
    const { fake, store, open } = await startedStore();
    fake.status({ phase: 'paused', step: 3 });
    const ask = vi.fn(async () => true);
    const error = () => store.getState().run.error;
    await open.drop([model[0]], ask);
    expect(error()?.problem).toContain('weights.bin is missing');
    await open.drop([model[1]], ask);
    expect(error()?.problem).toContain('model.json is missing');
    expect(ask).not.toHaveBeenCalled();
  });

  it('of an empty folder says so, and the next opening dismisses the message', async () => {
    const { fake, store, open } = await startedStore();
    fake.status({ phase: 'paused', step: 3 });
    fake.setScan({ categories: [], skippedFiles: [] });
    const ask = vi.fn(async () => true);
    await open.drop([], ask);
    expect(store.getState().dataset.error?.problem).toContain('the folder is empty');
    expect(ask).not.toHaveBeenCalled();
    await open.drop([model[0]], ask);
    expect(store.getState().dataset.error).toBeUndefined();
    await open.sample(ask);
    expect(store.getState().run.error).toBeUndefined();
  });

  it('of the two files of a model goes to the run, from every page', () => {
    expect(dropRoute(model, explorer)).toBe('model');
    expect(dropRoute(model, { page: 'table', figure: 'filter' })).toBe('model');
  });

  it('on the page Table II goes to the table', () => {
    expect(dropRoute([dropped('bottle/train/good/0.png')], { page: 'table', figure: 'filter' })).toBe(
      'table',
    );
  });

  it('of an image waits in the view until the explorer takes it, without a question', async () => {
    const { store, view, open } = await startedStore();
    view.set({ page: 'figures' });
    const ask = vi.fn(async () => true);
    await open.drop([image], ask);
    expect(store.getState().view.droppedImage).toBe(image.file);
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('an import', () => {
  const files = model.map(({ file }) => file);
  const ways = [
    ['by drop', 'drop'],
    ['by button', 'model'],
  ] as const;

  it.each(ways)('%s asks before it replaces trained weights', async (_, way) => {
    const { fake, open } = await startedStore();
    fake.status({ phase: 'paused', step: 3 });
    const questions: OpenQuestion[] = [];
    const refuse = async (question: OpenQuestion) => {
      questions.push(question);
      return false;
    };
    fake.requests.length = 0;
    await (way === 'drop' ? open.drop(model, refuse) : open.model(files, refuse));
    expect(questions).toEqual([{ kind: 'lose-weights', opening: 'model' }]);
    expect(fake.requests).not.toContain('importRun');
  });

  it.each(ways)('%s asks before it disturbs the queue, and pauses it', async (_, way) => {
    const app = await started();
    planned(app, ['pill']);
    const queue = app.table.start();
    await running(app, 'pill/l2/0');
    app.fake.answer('pause', () => {
      app.fake.status({ phase: 'paused', step: 1 });
      return undefined;
    });
    const questions: OpenQuestion[] = [];
    const agree = async (question: OpenQuestion) => {
      questions.push(question);
      return true;
    };
    await (way === 'drop' ? app.open.drop(model, agree) : app.open.model(files, agree));
    await queue;
    expect(questions).toEqual([{ kind: 'pause-queue' }]);
    expect(app.store.getState().table.phase).toBe('idle');
    // The files are empty, so the import is requested and rejects them.
    expect(app.store.getState().run.error).toMatchObject({ code: 'import-invalid' });
  });
});

describe('a single file with a run', () => {
  const bench = { page: 'bench', figure: 'filter' } as const;

  it('goes to the run: .safetensors and .onnx by their names, .zip if it lists a run', () => {
    for (const name of ['model.safetensors', 'model.onnx']) {
      expect(dropRoute([dropped(name)], bench)).toBe('model');
    }
    expect(dropRoute([dropped('run.zip')], bench, true)).toBe('model');
    expect(dropRoute([dropped('bottle.zip')], bench, false)).toBe('dataset');
  });

  it('is recognized in a .zip by the names of its parts', async () => {
    const zip = (name: string) => new Blob([zipParts([{ name, bytes: new Uint8Array(10) }])]);
    expect(await holdsRun(zip('run/model.safetensors'))).toBe(true);
    expect(await holdsRun(zip('model.json'))).toBe(true);
    expect(await holdsRun(zip('bottle/train/good/000.png'))).toBe(false);
  });
});
