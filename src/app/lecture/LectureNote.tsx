/** One line above the controls of the lecture: what its script needs and this page lacks. */
import { missingRun } from '#store/lecture/missing-run.ts';
import { shownStep } from '#store/lecture/state.ts';
import { lossLabels } from '../shared/labels.ts';
import { useApp } from '../shared/store-context.ts';

/** Names the run of the link, and says how to get it. */
const useRunNote = (): string | undefined => {
  const missing = useApp(missingRun);
  const ofPair = useApp(({ pair }) => pair.phase === 'shown');
  if (!missing) return undefined;
  const shown = ofPair ? ' Until then, the example runs are shown.' : '';
  return `The run of this link, ${lossLabels[missing.config.loss]}, seed ${missing.config.seed}, is not in this browser: leave, and import its files.${shown}`;
};

/** Names an image of the script that is not loaded. */
const useImageNote = (): string | undefined => {
  const path = useApp((state) => shownStep(state.lecture)?.path);
  const isLoaded = useApp(({ dataset }) => dataset.loaded?.samples.some((sample) => sample.path === path));
  return path === undefined || isLoaded ? undefined : `The image ${path} is not loaded.`;
};

export const LectureNote = () => {
  const notes = [useRunNote(), useImageNote()].filter((note) => note !== undefined);
  return notes.length === 0 ? null : (
    <p className="lecture-missing" role="status" data-testid="lecture-note">
      {notes.join(' ')}
    </p>
  );
};
