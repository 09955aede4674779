/** One moment of a race: the shown image at one epoch, for all contestants. */
import type { SampleView } from '#core/history.ts';
import { aurocText } from '#core/table/cell-text.ts';
import type { AppState } from '#store/app-state.ts';
import { labelsOf } from '#store/dataset/image-labels.ts';
import { contestantsOf } from '#store/race/state.ts';
import type { CurveStyle } from '../../plot/curve-style.ts';
import { outcomeOfOne } from '../../shared/labels.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { formatFigure } from '../../ui/format.ts';
import { decisionOf } from '../picture/decision-of.ts';
import { shownEvaluation } from '../picture/use-row.ts';

export type ReconstructedView = SampleView & { readonly output: NonNullable<SampleView['output']> };

export interface RaceMoment {
  /** Path of the image in its category. */
  readonly path: string;
  readonly epoch: number;
  readonly input: SampleView;
  readonly contestants: readonly {
    readonly name: string;
    readonly style: CurveStyle;
    readonly view: ReconstructedView;
    /** Score, decision and AUROC, in a few words each. */
    readonly lines: readonly string[];
  }[];
}

const isReconstructed = (view: SampleView | undefined): view is ReconstructedView =>
  view?.output !== undefined;

/** The moment that the page shows; undefined until all contestants have a reconstruction of the chosen image. */
export const presentMoment = (state: AppState, named: readonly NamedContestant[]): RaceMoment | undefined => {
  const samples = state.dataset.loaded?.samples;
  const views = contestantsOf(state).map(({ sample }) => sample);
  if (!samples || views.length < 2 || views.length !== named.length) return undefined;
  const { anomalous } = labelsOf(samples);
  const contestants = named.flatMap(({ name, style, place }) => {
    const view = views[place];
    if (!isReconstructed(view) || view.index !== state.view.selected) return [];
    const evaluation = shownEvaluation(state, place);
    const info = samples[view.index];
    const decision =
      evaluation && info && evaluation.scores.length === anomalous.length
        ? decisionOf(view.output.score, info.anomalous, evaluation.scores, anomalous)
        : undefined;
    const lines = [
      `epoch ${view.output.epoch}`,
      `score ${formatFigure(view.output.score, 4)}`,
      ...(decision?.outcome ? [outcomeOfOne[decision.outcome]] : []),
      ...(evaluation?.imageAuroc.defined ? [`image AUROC ${aurocText(evaluation.imageAuroc.value)}`] : []),
    ];
    return [{ name, style, view, lines }];
  });
  const [first] = contestants;
  if (!first || contestants.length !== named.length) return undefined;
  return { path: first.view.path, epoch: first.view.output.epoch, input: first.view, contestants };
};
