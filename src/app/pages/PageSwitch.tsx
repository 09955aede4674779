/** The switch between pages. */
import { pageNames } from '#store/view/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { PanelToggles } from './layout/PanelToggles.tsx';
import { pageLabels, pageMeanings } from './pages.ts';

export const PageSwitch = () => {
  const page = useApp((state) => state.view.page);
  const { view } = useActions();
  return (
    <div className="page-switch">
      <nav aria-label="Pages">
        {pageNames.map((name) => (
          <Hint key={name} text={pageMeanings[name]} side="bottom">
            <button
              type="button"
              aria-current={name === page ? 'page' : undefined}
              onClick={() => view.set({ page: name })}
            >
              {pageLabels[name]}
            </button>
          </Hint>
        ))}
      </nav>
      {page === 'bench' && <PanelToggles />}
    </div>
  );
};
