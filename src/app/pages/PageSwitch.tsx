/** The switch between pages, and the next sensible step: to resume an interrupted run, if there is one. */
import { lazy, Suspense } from 'react';
import { offered } from '#store/storage/state.ts';
import { pageNames } from '#store/view/state.ts';
import { openLectureEditor } from '../lecture/lecture-editor-state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { useAfterPaint } from '../ui/use-after-paint.ts';
import { PanelToggles } from './layout/PanelToggles.tsx';
import { pageLabels, pageMeanings } from './pages.ts';

const ResumeOffer = lazy(() => import('../storage/ResumeOffer.tsx'));
const NextStep = lazy(async () => ({ default: (await import('../guide/NextStep.tsx')).NextStep }));

export const PageSwitch = () => {
  const page = useApp((state) => state.view.page);
  const isOffered = useApp((state) => offered(state) !== undefined);
  const { view } = useActions();
  // The first paint does not wait for the next step: its place is free already.
  const isPainted = useAfterPaint();
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
      <section className="next-step" aria-label="Next step">
        {isPainted && <Suspense fallback={null}>{isOffered ? <ResumeOffer /> : <NextStep />}</Suspense>}
      </section>
      <Hint
        text="Fills the screen with one or two panels and a caption, and steps through a script (L)."
        side="bottom"
      >
        <button type="button" className="lecture-button" onClick={() => openLectureEditor(true)}>
          Lecture
        </button>
      </Hint>
      {page === 'bench' && <PanelToggles />}
    </div>
  );
};
