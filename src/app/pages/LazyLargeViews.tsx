/** Loads the enlarged panel, the lecture and its editor when one of them first opens. */
import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { lectureEditor } from '../lecture/lecture-editor-state.ts';
import { useApp } from '../shared/store-context.ts';
import { stage } from '../ui/stage.ts';

const LargeViews = lazy(() => import('../lecture/LargeViews.tsx'));

export const LazyLargeViews = () => {
  const enlarged = useStore(stage, (state) => state.enlarged !== undefined);
  const editing = useStore(lectureEditor, (state) => state.open);
  const running = useApp((state) => state.lecture.running);
  const [needed, setNeeded] = useState(false);
  if (!needed && (enlarged || editing || running)) setNeeded(true);
  return needed ? (
    <Suspense fallback={null}>
      <LargeViews />
    </Suspense>
  ) : null;
};
