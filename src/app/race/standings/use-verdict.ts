/** The verdict once the race is over. */
import { useMemo } from 'react';
import { aurocText } from '#core/table/cell-text.ts';
import { presentReferences } from '#store/baselines/state.ts';
import { contestantsOf } from '#store/race/state.ts';
import { baselineLabels } from '../../shared/labels.ts';
import { useApp } from '../../shared/store-context.ts';
import type { Standings } from './use-standings.ts';
import { type Standing, type Verdict, verdictHeadline, verdictOf, verdictSentences } from './verdict.ts';

/** Whether no contestant will train on. */
export const useIsOver = (): boolean =>
  useApp((state) =>
    contestantsOf(state).every(({ status }) => status.phase === 'finished' || status.phase === 'failed'),
  );

/** Undefined while the race goes on, and until its statistics are computed. */
export const useVerdict = (
  standings: Standings,
): { readonly verdict: Verdict; readonly each: readonly Standing[] } | undefined => {
  const over = useIsOver();
  return useMemo(() => {
    if (!over || !standings.complete) return undefined;
    const each = standings.each.map(({ contestant, evaluation }) => ({
      name: contestant.name,
      auroc: evaluation.imageAuroc,
    }));
    if (each.length === 0) return undefined;
    const placeOf = (index: number): number => standings.each[index]!.contestant.place;
    const verdict = verdictOf(
      each,
      (one, other) =>
        standings.difference(placeOf(one), placeOf(other)) ?? {
          defined: false,
          reason: 'The difference is not computed.',
        },
    );
    return { verdict, each };
  }, [over, standings]);
};

/** `Without a network: mean image 0.712, variation model 0.934.`; undefined until they are known. */
export const useReferencesText = (): string | undefined => {
  const references = useApp((state) => presentReferences(state.baselines, state.run));
  if (!references?.defined) return undefined;
  const texts = ([references.meanImage, references.variationModel] as const).flatMap(
    ({ name, imageAuroc }) =>
      imageAuroc.defined ? [`${baselineLabels[name]} ${aurocText(imageAuroc.value)}`] : [],
  );
  return texts.length > 0 ? `Without a network: ${texts.join(', ')}.` : undefined;
};

/** The verdict and the references in sentences, for a figure; empty while the race goes on. */
export const useVerdictText = (standings: Standings): readonly string[] => {
  const found = useVerdict(standings);
  const references = useReferencesText();
  return useMemo(
    () =>
      found
        ? [
            `${verdictHeadline(found.verdict, found.each)}. ${verdictSentences(found.verdict, found.each).join(' ')}`,
            ...(references === undefined ? [] : [references]),
          ]
        : [],
    [found, references],
  );
};
