/** The options of the loss chart in its menu. */
import { useMemo } from 'react';
import type { ChartOption } from '../../plot/frame/ChartMenu.tsx';
import { useActions, useApp } from '../../shared/store-context.ts';

const scales = [
  { value: 'log', label: 'Logarithmic' },
  { value: 'linear', label: 'Linear' },
] as const;

const abscissae = [
  { value: 'step', label: 'Steps' },
  { value: 'epoch', label: 'Epochs' },
] as const;

export const useLossOptions = () => {
  const scale = useApp((state) => state.view.lossScale);
  const abscissa = useApp((state) => state.view.lossAbscissa);
  const { view } = useActions();
  const options = useMemo(
    (): readonly ChartOption[] => [
      {
        label: 'Loss axis',
        value: scale,
        choices: scales,
        onChange: (chosen) => view.set({ lossScale: chosen === 'linear' ? 'linear' : 'log' }),
      },
      {
        label: 'Over',
        value: abscissa,
        choices: abscissae,
        onChange: (chosen) => view.set({ lossAbscissa: chosen === 'epoch' ? 'epoch' : 'step' }),
      },
    ],
    [scale, abscissa, view],
  );
  return { scale, abscissa, options };
};
