/** The rows of the comparison: the present run, and the chosen retained runs. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { epochChoiceOf } from '#core/epoch-choice.ts';
import { asResiduaError } from '#core/errors.ts';
import type { Evaluation, SampleView } from '#core/history.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import { stoppedWords } from '#core/run-length.ts';
import { presentConfig } from '#store/run/present-comparison.ts';
import { presentStopped } from '#store/run/present-length.ts';
import { latestEvaluation } from '#store/run/state.ts';
import { comparedRunOf, evaluationOf, lengthOf } from '#store/runs/retained-run.ts';
import { pastStepOf } from '#store/view/past-step.ts';
import { comparison, runsOfOtherLosses } from '../../shared/comparison-state.ts';
import { useDifference } from '../../shared/difference.ts';
import { lossLabels } from '../../shared/labels.ts';
import { usePresentDifferences } from '../../shared/paper-differences/PaperDifferences.tsx';
import { useActions, useApp } from '../../shared/store-context.ts';
import type { ComparisonRow } from './comparison-row.ts';

/** The retained runs that can have a row, and the ids of the runs that have one. */
export const useRetainedRows = () => {
  const retained = useApp((state) => state.runs.retained);
  const presentId = useApp((state) => state.runs.presentId);
  const presentLoss = useApp((state) => (state.view.sample?.output ? state.run.configured?.loss : undefined));
  const chosen = useStore(comparison, (state) => state.chosen);
  return useMemo(() => {
    const others = retained.filter(({ id }) => id !== presentId);
    const wanted = chosen ?? runsOfOtherLosses(others, presentLoss);
    return { others, ids: wanted.filter((id) => others.some((run) => run.id === id)) };
  }, [retained, presentId, presentLoss, chosen]);
};

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
  const views = useRetainedViews(ids, selected);
  return useMemo(() => {
    const present: ComparisonRow = {
      id: 'present',
      label: 'present run',
      loss: config.loss,
      config,
      auroc,
      epochChoice,
      stopped,
      paper: presentPaper,
      difference,
      view: sample,
      problem: undefined,
    };
    const retained = ids.flatMap((id): ComparisonRow[] => {
      const run = others.find((other) => other.id === id);
      if (!run) return [];
      const found = views.get(id);
      const latest = evaluationOf(run);
      // A view of the previous image must not stand beside views of this one.
      const view = found?.view?.index === sample?.index ? found?.view : undefined;
      return [
        {
          id,
          label: run.categoryName === category ? run.name : `${run.name}, trained on ${run.categoryName}`,
          loss: run.config.loss,
          config: run.config,
          auroc: latest?.imageAuroc,
          epochChoice: latest && epochChoiceOf(latest, run.history.evaluations, run.config.epochs),
          stopped: stoppedWords(lengthOf(run)),
          paper: comparePaper(comparedRunOf(run)),
          difference: run.references?.difference,
          view,
          problem: found?.problem,
        },
      ];
    });
    const presentFirst = sample?.output !== undefined || retained.length === 0;
    if (presentFirst)
      return [retained.length === 0 ? { ...present, label: lossLabels[config.loss] } : present, ...retained];
    return retained;
  }, [config, auroc, difference, epochChoice, stopped, presentPaper, sample, category, others, ids, views]);
};

export type RetainedView =
  | { readonly view: SampleView; readonly problem?: undefined }
  | { readonly view?: undefined; readonly problem: string };

const none: ReadonlyMap<string, RetainedView> = new Map();

/**
 * Requests the views one by one, and requests them again whenever the image or the runs change.
 * @param ids the same array between renders while the runs are the same
 */
const useRetainedViews = (
  ids: readonly string[],
  index: number | undefined,
): ReadonlyMap<string, RetainedView> => {
  const { runs } = useActions();
  const loaded = useApp((state) => state.dataset.loaded);
  const [views, setViews] = useState(none);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      setViews(none);
      if (!loaded || index === undefined) return;
      for (const id of ids) {
        const found = await runs.view(id, index).then(
          (view): RetainedView => ({ view }),
          (thrown): RetainedView => ({ problem: asResiduaError(thrown).message }),
        );
        if (!wanted) return;
        setViews((before) => new Map(before).set(id, found));
      }
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [runs, ids, index, loaded]);
  return views;
};
