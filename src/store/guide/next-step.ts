/** The next sensible step of the user, from the state alone: a sentence, and the action that it offers. */
import type { LossName } from '#core/config.ts';
import type { Evaluation } from '#core/history.ts';
import type { AppState } from '../app-state.ts';
import { presentReferences } from '../baselines/state.ts';
import { type Outcome, outcomeOf } from '../decision/outcome.ts';
import { chosenThreshold } from '../decision/threshold.ts';
import { changedSettings, continuingValues, latestEvaluation, leadingStatus } from '../run/state.ts';
import type { RetainedRun } from '../runs/retained-run.ts';

/** What the step's button does. */
export type NextAction =
  | 'start-lecture'
  | 'open-sample'
  | 'train'
  | 'reopen-run'
  | 'race'
  | 'double-epochs'
  | 'use-quantile'
  | 'show-false-alarms'
  | 'show-missed'
  | 'sort-by-score'
  | 'open-comparison'
  | 'open-table';

/** A flat object, which compares by value. */
export interface NextStep {
  /** One or two sentences, fewer than 20 words. */
  readonly text: string;
  /** Undefined if the user can only wait, or acts outside the page. */
  readonly action?: NextAction;
}

/** The loss to compare a run with: L2 is what the paper improves on. */
export const rivalLoss = (loss: LossName): LossName => (loss === 'l2' ? 'wfdl' : 'l2');

const shortName = (loss: LossName): string => (loss === 'l2' ? 'L2' : 'WFDL');

const step = (text: string, action?: NextAction): NextStep => (action ? { text, action } : { text });

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? one : `${count} ${many}`;

/** The step without loaded images. */
const stepToImages = ({ dataset }: AppState): NextStep => {
  if (dataset.pending) return step('The drop has several categories: choose one.');
  if (dataset.loading) return step(`Reading ${dataset.loading.name}. Pictures appear in a moment.`);
  return step('Drop a category folder on this page, or start with the sample.', 'open-sample');
};

const stepWhileTraining = ({ run }: AppState): NextStep => {
  const { status, configured, config, pastEvaluations, history } = run;
  if (status.activity === 'compiling') return step('Preparing the first step. Later runs start faster.');
  if (history.evaluations.length === 0) {
    const { evaluateEvery, epochs } = configured ?? config;
    return step(`Training. The first pictures come after epoch ${Math.min(evaluateEvery, epochs)}.`);
  }
  return pastEvaluations.length < 2
    ? step('Training. Coarse structure comes first: compare input and reconstruction.')
    : step('Training. Drag the epoch slider to see what came when.');
};

/** The retained run to offer on a page without a run: the newest; undefined without one, or if the page has a run. */
export const runToReopen = ({ run, runs }: Pick<AppState, 'run' | 'runs'>): RetainedRun | undefined =>
  run.configured === undefined ? runs.retained.findLast(({ bundled }) => !bundled) : undefined;

const stepToTrain = (state: AppState): NextStep => {
  if (state.run.estimate.phase === 'refused') {
    return step('This run does not fit in memory: lower the batch size or the side.');
  }
  if (runToReopen(state)) return step('Reopen your newest run, or press Train.', 'reopen-run');
  return step('Press Train to see which frequencies this loss learns, and when.', 'train');
};

/** Numbers of test images with each wrong outcome; undefined without a threshold. */
const errorsOf = (
  state: AppState,
  { scores }: Evaluation,
): Readonly<Record<'false-alarm' | 'missed', number>> | undefined => {
  const chosen = chosenThreshold(state);
  if (!chosen.defined) return undefined;
  const test = state.dataset.loaded?.samples.filter(({ split }) => split === 'test') ?? [];
  const count = (wanted: Outcome): number =>
    test.filter(
      ({ anomalous }, index) => outcomeOf(scores[index] ?? 0, anomalous, chosen.threshold) === wanted,
    ).length;
  return { 'false-alarm': count('false-alarm'), missed: count('missed') };
};

/** How the run came to its end. */
const endOf = ({ run: { status, importedFrom } }: AppState): string => {
  if (importedFrom !== undefined) return 'Opened.';
  return status.epoch < status.epochs ? `Stopped at epoch ${status.epoch}.` : 'Trained.';
};

/** Whether the run has raced, or a run of the same images with another loss exists. */
const hasRival = ({ run: { configured }, race, runs, dataset }: AppState): boolean =>
  race.rivals.length > 0 ||
  runs.retained.some(
    ({ config, categoryName }) =>
      categoryName === dataset.loaded?.category.name && config.loss !== configured?.loss,
  );

const stepWithErrors = (state: AppState, evaluation: Evaluation): NextStep => {
  const errors = errorsOf(state, evaluation);
  const { outcome } = state.decision.filter;
  if (errors && outcome === 'false-alarm' && errors['false-alarm'] > 0) {
    return errors.missed > 0
      ? step(
          'Where is the residual of these good images large? Then look at the missed defects.',
          'show-missed',
        )
      : step(
          'Where is the residual of these good images large? Compare with another run.',
          'open-comparison',
        );
  }
  if (errors && outcome === 'missed' && errors.missed > 0) {
    return step(
      'The residual of these defects is too small. See whether another run catches them.',
      'open-comparison',
    );
  }
  if (errors && errors['false-alarm'] > 0) {
    return step(
      `Look at the ${counted(errors['false-alarm'], 'false alarm', 'false alarms')}.`,
      'show-false-alarms',
    );
  }
  if (errors && errors.missed > 0) {
    return step(`Look at the ${counted(errors.missed, 'missed defect', 'missed defects')}.`, 'show-missed');
  }
  return errors
    ? step(
        'No test image is on the wrong side of the threshold. Compare with another run.',
        'open-comparison',
      )
    : step('Compare the images of this run with those of another.', 'open-comparison');
};

/** The step for a finished or stopped run, with its evaluation. */
const stepAfterTraining = (state: AppState, evaluation: Evaluation): NextStep => {
  const { run, baselines, decision } = state;
  const { imageAuroc } = evaluation;
  if (!imageAuroc.defined) {
    return decision.policy.kind === 'good-quantile'
      ? step('The test images are of one class. Look at those with the highest scores.', 'sort-by-score')
      : step('The test images are of one class. Fit the threshold to good training images.', 'use-quantile');
  }
  const references = presentReferences(baselines, run);
  const mean = references?.defined ? references.meanImage.imageAuroc : undefined;
  if (mean?.defined && imageAuroc.value <= mean.value) {
    return step('Not better than the mean image yet: longer, wider, or another score.', 'double-epochs');
  }
  const { loss } = run.configured ?? run.config;
  if (!hasRival(state)) {
    return step(`${endOf(state)} Race it against ${shortName(rivalLoss(loss))}.`, 'race');
  }
  return stepWithErrors(state, evaluation);
};

/**
 * Returns the next sensible step. Every state has one.
 * @returns a new object of the same content while nothing relevant changes
 */
export const nextStep = (state: AppState): NextStep => {
  const { run, dataset, table, lecture } = state;
  const { task } = run;
  const status = leadingStatus(run, state.race);
  if (lecture.offered) {
    return step(
      `This link holds a lecture of ${counted(lecture.steps.length, '1 step', 'steps')}.`,
      'start-lecture',
    );
  }
  if (table.phase !== 'idle') return step('The queue of Table II is training.', 'open-table');
  if (run.device.phase === 'failed') return step('No device can train: see the message, or choose another.');
  if (!dataset.loaded || dataset.loading || dataset.pending) return stepToImages(state);
  if (run.device.phase === 'starting') return step('Starting the device.');
  if (task === 'importing') return step('Opening the run, and scoring the test images with it.');
  if (task === 'exporting') return step('Writing the files.');
  if (task === 'stopping') return step('Scoring the test images, then the run is done.');
  if (task === 'changing-device') return step('Changing the device.');
  if (status.phase === 'running') return stepWhileTraining(state);
  if (run.reevaluating) return step('Scoring the test images again with the new score.');
  if (status.phase === 'failed') {
    return step('The run failed. Lower the learning rate, or train again.', 'train');
  }
  if (run.configured && status.step > 0 && changedSettings(run, state.race).length > 0) {
    const isTakenOver = status.phase === 'paused' && continuingValues(run, state.race) !== undefined;
    return step(
      isTakenOver
        ? 'The settings have changed: Resume trains on with them.'
        : 'The settings have changed: Train starts a new run.',
      'train',
    );
  }
  if (status.phase === 'paused') {
    return step(
      `Paused at epoch ${status.epoch} of ${status.epochs}. Resume it, or stop to keep it.`,
      'train',
    );
  }
  const evaluation = latestEvaluation(run);
  if (status.phase !== 'finished') return stepToTrain(state);
  return evaluation ? stepAfterTraining(state, evaluation) : step('Scoring the test images.');
};
