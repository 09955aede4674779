/** The note of an exported chart about the present run. */

import { lossLabels } from './labels.ts';
import { useApp } from './store-context.ts';
import { usePresentName, usePresentNote, withNotes } from './use-overlaid.ts';

/** `bottle, 64 px, width 0.25, batch 16, seed 0`. */
export const useFigureNote = (): string => {
  const { side, width, batch, seed } = useApp((state) => state.run.configured ?? state.run.config);
  const category = useApp((state) => state.dataset.loaded?.category.name);
  return [
    ...(category === undefined ? [] : [category]),
    ...[`${side} px`, `width ${width}`, `batch ${batch}`, `seed ${seed}`],
  ].join(', ');
};

/** Name of the present run where "this run" would be unclear: its given name, or its loss, and a note if it was stopped. */
export const useFigureName = (): string => {
  const loss = useApp((state) => (state.run.configured ?? state.run.config).loss);
  const name = usePresentName();
  const note = usePresentNote();
  return withNotes(name === 'this run' ? lossLabels[loss] : name, [note]);
};
