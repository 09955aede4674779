/** Which page is shown. */
import { pageNames } from '#store/view-state.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { PanelToggles } from '../layout/PanelToggles.tsx';
import { pageLabels, pageMeanings } from './pages.ts';
import './pages.css';

export const PageSwitch = () => {
  const page = useApp((state) => state.view.page);
  const { view } = useActions();
  return (
    <div className="page-switch">
      <nav aria-label="Pages">
        {pageNames.map((name) => (
          <button
            title={pageMeanings[name]}
            key={name}
            type="button"
            aria-current={name === page ? 'page' : undefined}
            onClick={() => view.set({ page: name })}
          >
            {pageLabels[name]}
          </button>
        ))}
      </nav>
      {page === 'bench' && <PanelToggles />}
    </div>
  );
};
