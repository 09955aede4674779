/** The run and the epoch on the screen, and the parts of the screen that are not of its present evaluation. */
import type { LossName } from '#core/config.ts';
import type { AppState } from '../app-state.ts';
import { chosenThreshold } from '../decision/threshold.ts';
import { changedSettings, continuingValues, latestEvaluation, type RunState } from '../run/state.ts';
import { pastStepOf } from './past-step.ts';

/**
 * Whether a part of the screen is of the present evaluation. `stale`: of an earlier run, whose successor has no evaluation
 * yet. `pending`: it is about to change.
 */
export type PartState = 'current' | 'stale' | 'pending';

/** A flat object, which compares by value. */
export interface Shown {
  /** Loss of the run whose pictures and scores are shown; undefined if nothing of a run is shown. */
  readonly loss: LossName | undefined;
  readonly seed: number;
  /** Epoch of the pictures, or of the scores if the image has no reconstruction. */
  readonly epoch: number | undefined;
  /** Step of the pictures if that is after the latest evaluation. */
  readonly step: number | undefined;
  /**
   * `past`: an earlier evaluation of the present run. `earlier`: a run that is not the one being set up, or whose successor
   * has started.
   */
  readonly run: 'present' | 'past' | 'earlier';
  readonly pictures: PartState;
  /** Scores, metrics and curves. */
  readonly scores: PartState;
  /** The threshold, and the outcomes at it. */
  readonly threshold: PartState;
}

/** A plan of other rivals does not change the run on the screen. */
const alone = { planned: [], rivals: [] };

/** Whether the settings on the page are those of a run other than the present one. */
const isAnotherSetUp = (run: RunState): boolean =>
  run.status.phase !== 'running' &&
  changedSettings(run, alone).length > 0 &&
  continuingValues(run, alone) === undefined;

/** Whether the worker replaces everything that is shown. */
const isReplacing = ({ task, reevaluating }: RunState): boolean =>
  task === 'resetting' || task === 'changing-device' || reevaluating;

/** Whether the scores are of a newer evaluation than the picture of a test image. */
const isPictureBehind = (state: AppState): boolean => {
  const { view, run, dataset } = state;
  const picture = view.sample?.output;
  const latest = latestEvaluation(run);
  const isTest = view.selected !== undefined && dataset.loaded?.samples[view.selected]?.split === 'test';
  return (
    isTest && pastStepOf(state) === undefined && picture !== undefined && picture.step < (latest?.step ?? 0)
  );
};

const isThresholdPending = (state: AppState): boolean =>
  state.decision.goodTrainingScores.phase === 'computing' && !chosenThreshold(state).defined;

/** Says what the screen shows. Every panel takes its veil from here, so that parts of one evaluation appear together. */
export const shownOf = (state: AppState): Shown => {
  const { run, view } = state;
  const picture = view.sample?.output;
  const latest = latestEvaluation(run);
  const of = view.earlierRun ?? run.configured;
  const isStale = picture !== undefined && (view.earlierRun !== undefined || run.configured === undefined);
  const together: PartState = isStale
    ? 'stale'
    : isReplacing(run) || isPictureBehind(state)
      ? 'pending'
      : 'current';
  const isShown = of !== undefined && (picture !== undefined || latest !== undefined);
  const isBetween = !isStale && picture !== undefined && latest !== undefined && picture.step > latest.step;
  return {
    loss: isShown ? of.loss : undefined,
    seed: isShown ? of.seed : 0,
    epoch: isShown ? (picture ?? latest)?.epoch : undefined,
    step: isShown && isBetween ? picture.step : undefined,
    run:
      isStale || (isShown && isAnotherSetUp(run))
        ? 'earlier'
        : isShown && pastStepOf(state) !== undefined
          ? 'past'
          : 'present',
    pictures: together,
    scores: together,
    threshold: together === 'current' && isThresholdPending(state) ? 'pending' : together,
  };
};

/** The category that an opened run was trained on, and the loaded one; undefined if they are the same. */
export interface OtherImages {
  readonly trainedOn: string;
  readonly shownOn: string;
}

/** Says whether the present run came from files and was trained on other images than the loaded ones. */
export const otherImagesOf = ({
  run,
  dataset,
}: Pick<AppState, 'run' | 'dataset'>): OtherImages | undefined => {
  const trainedOn = run.importedFrom;
  const shownOn = dataset.loaded?.category.name;
  return !trainedOn || shownOn === undefined || trainedOn === shownOn ? undefined : { trainedOn, shownOn };
};
