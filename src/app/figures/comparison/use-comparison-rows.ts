/** The rows of the comparison: the present run, and the chosen retained runs. */
import { useMemo } from 'react';
import { epochChoiceOf } from '#core/epoch-choice.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import { stoppedWords } from '#core/run-length.ts';
import { scoreTheSame } from '#core/scores/same-scoring.ts';
import { presentConfig } from '#store/run/present-comparison.ts';
import { presentStopped } from '#store/run/present-length.ts';
import { latestEvaluation } from '#store/run/state.ts';
import type { Measure } from '#store/runs/measure.ts';
import { comparedRunOf, lengthOf, type RetainedRun } from '#store/runs/retained-run.ts';
import { pastStepOf } from '#store/view/past-step.ts';
import { useDifference } from '../../shared/difference.ts';
import { lossLabels } from '../../shared/labels.ts';
import { type MeasuredRun, measuredRun } from '../../shared/measure/measure-words.ts';
import { ownMeasure, useMeasure } from '../../shared/measure/use-measure.ts';
import { usePresentDifferences } from '../../shared/paper-differences/PaperDifferences.tsx';
import { useRetainedViews } from '../../shared/retained-views.ts';
import { useApp } from '../../shared/store-context.ts';
import { useComparisonEpoch } from './comparison-epochs.ts';
import type { ComparisonRow } from './comparison-row.ts';
import { useRetainedRows } from './use-retained-rows.ts';

/** The present run's evaluation being shown. */
const useShownEvaluation = (): Evaluation | undefined =>
  useApp((state) => {
    const step = pastStepOf(state);
    const past = state.run.history.evaluations.find((evaluation) => evaluation.step === step);
    return past ?? latestEvaluation(state.run);
  });

export const useComparisonRows = (): readonly ComparisonRow[] => {
  const config = useApp(({ run }) => run.configured ?? run.config);
  const sample = useApp((state) => state.view.sample);
  const selected = useApp((state) => state.view.selected);
  const category = useApp((state) => state.dataset.loaded?.category.name);
  const evaluation = useShownEvaluation();
  const epochChoice = useApp(
    (state) =>
      evaluation && epochChoiceOf(evaluation, state.run.history.evaluations, presentConfig(state).epochs),
  );
  const stopped = useApp(presentStopped);
  const auroc = evaluation?.imageAuroc;
  const presentPaper = usePresentDifferences(evaluation);
  const difference = useDifference(evaluation);
  const { others, ids } = useRetainedRows();
  const epoch = useComparisonEpoch();
  const measure = useMeasure();
  const wanted = useMemo(
    () => ids.map((id) => ({ id, measured: measuredOf(others, id, measure) })),
    [others, ids, measure],
  );
  const viewed = useMemo(
    () => wanted.map(({ id, measured }) => ({ id, evaluation: measured?.evaluation })),
    [wanted],
  );
  const views = useRetainedViews(viewed, selected, epoch);
  return useMemo(() => {
    const present: ComparisonRow = {
      id: 'present',
      label: 'present run',
      loss: config.loss,
      config,
      auroc,
      aurocNotes: [],
      epochChoice,
      stopped,
      paper: presentPaper,
      difference,
      view: sample,
      problem: undefined,
    };
    const retained = wanted.flatMap(({ id, measured }): ComparisonRow[] => {
      const run = others.find((other) => other.id === id);
      if (!run) return [];
      const found = views.get(id);
      // A view of the previous image must not stand beside views of this one.
      const view = found?.view?.index === sample?.index ? found?.view : undefined;
      const { evaluations } = run.history;
      const shown = view?.output && evaluations.find(({ step }) => step === view.output?.step);
      const isPast = shown !== undefined && shown.step !== evaluations.at(-1)?.step;
      // A past evaluation has its own score; a rescored figure belongs to the last weights.
      const evaluation = isPast ? shown : measured?.evaluation;
      const notes = isPast || !measured ? [] : measured.notes;
      return [
        {
          id,
          label: run.categoryName === category ? run.name : `${run.name}, trained on ${run.categoryName}`,
          loss: run.config.loss,
          config: { ...run.config, ...(measured?.evaluation && evaluationSettingsOf(measured.evaluation)) },
          auroc: evaluation?.imageAuroc,
          aurocNotes: isPast && !sameScoring(evaluation, measured) ? ['by its own score'] : notes,
          epochChoice: evaluation && epochChoiceOf(evaluation, evaluations, run.config.epochs),
          stopped: stoppedWords(lengthOf(run)),
          paper: comparePaper(comparedRunOf(run)),
          difference: isPast || measured?.rescored ? undefined : run.references?.difference,
          view,
          problem: found?.problem,
        },
      ];
    });
    const presentFirst = sample?.output !== undefined || retained.length === 0;
    if (presentFirst)
      return [retained.length === 0 ? { ...present, label: lossLabels[config.loss] } : present, ...retained];
    return retained;
  }, [
    config,
    auroc,
    difference,
    epochChoice,
    stopped,
    presentPaper,
    sample,
    category,
    others,
    wanted,
    views,
  ]);
};

const measuredOf = (
  runs: readonly RetainedRun[],
  id: string,
  measure: Measure | undefined,
): MeasuredRun | undefined => {
  const run = runs.find((other) => other.id === id);
  return run && measuredRun(run, measure ?? ownMeasure(run));
};

const sameScoring = (evaluation: Evaluation | undefined, measured: MeasuredRun | undefined): boolean =>
  evaluation !== undefined &&
  measured?.evaluation !== undefined &&
  scoreTheSame(evaluation, measured.evaluation);
