/** What the button of the next step does. */
import type { AppState } from '#store/app-state.ts';
import { createGallerySelector } from '#store/gallery/content.ts';
import { type NextAction, rivalLoss, runToReopen } from '#store/guide/next-step.ts';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { lossLabels } from '../shared/labels.ts';
import { useAppStore } from '../shared/store-context.ts';
import { transportState } from '../shared/transport/transport-state.ts';
import { useMainAction } from '../shared/transport/use-main-action.ts';
import { useOpen } from '../shared/use-open.ts';

/** Label and hint of the button. */
interface ActionWords {
  readonly label: string;
  readonly hint: string;
}

const words: Readonly<Record<NextAction, ActionWords>> = {
  'start-lecture': { label: 'Start lecture', hint: 'Fills the screen with its first step (L).' },
  'open-sample': { label: 'Open sample', hint: 'Loads the category that comes with the page.' },
  train: { label: 'Train', hint: 'The same as the button in the header, and as the space bar.' },
  'reopen-run': {
    label: 'Reopen run',
    hint: 'Makes it the present run, with its weights, settings and past epochs. It is evaluated on the loaded images.',
  },
  race: {
    label: 'Race',
    hint: 'Trains both losses in turns on one clock, from equal initial weights and equal batches.',
  },
  'double-epochs': { label: 'Double epochs', hint: 'Sets the next run to twice as many epochs.' },
  'use-quantile': {
    label: 'Use good images',
    hint: 'Sets the threshold to a quantile of the scores of good images, which needs no defects.',
  },
  'show-false-alarms': {
    label: 'Show them',
    hint: 'Filters the gallery: good test images whose score reaches the threshold.',
  },
  'show-missed': {
    label: 'Show missed',
    hint: 'Filters the gallery: anomalous test images whose score stays below the threshold.',
  },
  'sort-by-score': { label: 'Sort by score', hint: 'Sorts the gallery by score, the highest first.' },
  'open-comparison': {
    label: 'Compare runs',
    hint: 'Opens the comparison on the page Figures: the same images, one row per run.',
  },
  'open-table': { label: 'Open table', hint: 'Opens the page Table II.' },
};

/** `Reopen WFDL, seed 0 (bottle)`: the name of a run says nothing after a week. */
const reopenLabel = ({ config, categoryName }: RetainedRun): string =>
  `Reopen ${lossLabels[config.loss]}, seed ${config.seed} (${categoryName})`;

const rivalOf = ({ run }: AppState) => rivalLoss((run.configured ?? run.config).loss);

export const actionLabel = (action: NextAction, state: AppState): string => {
  if (action === 'train') return transportState(state.run, state.race, true).mainText;
  const reopened = action === 'reopen-run' ? runToReopen(state) : undefined;
  if (reopened) return reopenLabel(reopened);
  if (action === 'race') return `Race ${lossLabels[rivalOf(state)]}`;
  return words[action].label;
};

export const actionHint = (action: NextAction): string => words[action].hint;

/** Returns a function that performs an action. */
export const useNextAction = (): ((action: NextAction) => void) => {
  const store = useAppStore();
  const train = useMainAction();
  const open = useOpen();
  const { run, race, runs, view, decision, lecture } = store.actions;

  const showOutcome = (outcome: 'false-alarm' | 'missed'): void => {
    view.set({ page: 'bench' });
    view.setGalleryMode('test');
    decision.setFilter({ defectType: undefined, outcome });
    const { shown } = createGallerySelector()(store.getState());
    const { selected } = store.getState().view;
    const [first] = shown;
    if (first && !shown.some(({ index }) => index === selected)) void view.select(first.index);
  };

  return (action) => {
    const state = store.getState();
    switch (action) {
      case 'start-lecture':
        return void lecture.start(0);
      case 'open-sample':
        return open.sample();
      case 'train':
        return void train();
      case 'reopen-run': {
        const reopened = runToReopen(state);
        if (reopened) void runs.restore(reopened.id);
        return;
      }
      case 'race':
        race.plan([{ loss: rivalOf(state) }]);
        return void train();
      case 'double-epochs':
        return run.setConfig({ epochs: Math.min(100_000, 2 * state.run.config.epochs) });
      case 'use-quantile':
        return decision.setPolicy({ kind: 'good-quantile', quantile: state.decision.quantile });
      case 'show-false-alarms':
        return showOutcome('false-alarm');
      case 'show-missed':
        return showOutcome('missed');
      case 'sort-by-score':
        view.set({ page: 'bench', gallerySort: 'score-descending' });
        return view.setGalleryMode('test');
      case 'open-comparison':
        return view.set({ page: 'figures', figure: 'comparison' });
      case 'open-table':
        return view.set({ page: 'table' });
    }
  };
};
