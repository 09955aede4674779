/** Whether the panels show the model's reconstruction or the mean good image. */
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Segmented } from '../ui/Segmented.tsx';

const sources = [
  { value: 'model', label: 'Model', hint: controlHints.modelSource },
  { value: 'mean-image', label: 'Mean image', hint: controlHints.meanImageSource },
] as const;

export const SourceSwitch = () => {
  const source = useApp((state) => state.view.reconstructionSource);
  const { view } = useActions();
  return (
    <Segmented
      compact
      label="Reconstruction shows"
      value={source}
      options={sources}
      onChange={(reconstructionSource) => view.set({ reconstructionSource })}
    />
  );
};
