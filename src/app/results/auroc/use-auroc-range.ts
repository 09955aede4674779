/** How the axes of AUROC curves are chosen from the page: the whole range, or where the values lie. */
import type { AppState } from '#store/app-state.ts';
import type { ChartOption } from '../../plot/frame/ChartMenu.tsx';
import { useActions, useApp } from '../../shared/store-context.ts';

const choices = [
  { value: 'whole', label: '0 to 1' },
  { value: 'fit', label: 'Fit the curves' },
] as const;

const selectRange = (state: AppState) => state.view.aurocRange;

/** The chosen range of an AUROC axis, and the menu's choice of it. */
export const useAurocRange = () => {
  const range = useApp(selectRange);
  const { view } = useActions();
  const option: ChartOption = {
    label: 'AUROC axis',
    value: range,
    choices,
    onChange: (chosen) => view.set({ aurocRange: chosen === 'fit' ? 'fit' : 'whole' }),
  };
  return { range, option };
};
