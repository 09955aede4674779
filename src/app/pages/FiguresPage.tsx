/** Fig. 1, 2, 4 and 5 of the paper, on any image. */
import { useStore } from 'zustand';
import type { FigureName } from '#store/view/state.ts';
import { Comparison } from '../figures/comparison/Comparison.tsx';
import { Explorer } from '../figures/explorer/Explorer.tsx';
import { explorer } from '../figures/explorer/explorer-state.ts';
import { ImageWalk } from '../figures/ImageWalk.tsx';
import { Gallery } from '../gallery/Gallery.tsx';
import { figureHints } from '../shared/hints/figure-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import type { HintContent } from '../ui/Hint.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import './figures.css';

const figures: readonly { value: FigureName; label: string; hint: HintContent }[] = [
  { value: 'filter', label: 'Fig. 1: filter', hint: figureHints.filter },
  { value: 'comparison', label: 'Figs. 2, 4, 5: comparison', hint: figureHints.comparison },
];

export const FiguresPage = () => {
  const { view } = useActions();
  const figure = useApp((state) => state.view.figure);
  const fromFile = useStore(explorer, (state) => state.source === 'file');
  const opened = useStore(explorer, (state) => state.opened);
  return (
    <div className="figures">
      <div className="figures-header">
        <Segmented
          label="Figure"
          value={figure}
          options={figures}
          onChange={(chosen) => view.set({ figure: chosen })}
        />
        {figure === 'filter' && fromFile ? (
          <p className="number">
            <b>{opened?.name ?? 'No image opened'}</b>
          </p>
        ) : (
          <ImageWalk />
        )}
      </div>
      {figure === 'filter' ? <Explorer /> : <Comparison gallery={<Gallery />} />}
    </div>
  );
};
