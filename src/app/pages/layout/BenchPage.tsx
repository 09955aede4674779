/** Settings, image bench with gallery, results. */
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { Bench } from '../../bench/Bench.tsx';
import { WeightDialog } from '../../frequency-weight/WeightDialog.tsx';
import { Gallery } from '../../gallery/Gallery.tsx';
import { WeightSettings } from '../../settings/objective/WeightSettings.tsx';
import { Settings } from '../../settings/Settings.tsx';
import { ResultsColumn } from './ResultsColumn.tsx';
import { WideLayout } from './WideLayout.tsx';
import './layout.css';

const NarrowLayout = lazy(async () => ({
  default: (await import('./NarrowLayout.tsx')).NarrowLayout,
}));

/** The window has room for panels side by side. */
const wide = matchMedia('(min-width: 1121px)');

const subscribe = (listener: () => void): (() => void) => {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
};

const weightDialog = (
  <WeightDialog>
    <WeightSettings />
  </WeightDialog>
);

export const BenchPage = () => {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches);
  const settings = <Settings weightDialog={weightDialog} />;
  if (isWide) {
    return (
      <WideLayout settings={settings} bench={<Bench />} gallery={<Gallery />} results={<ResultsColumn />} />
    );
  }
  return (
    <Suspense fallback={null}>
      <NarrowLayout settings={settings} bench={<Bench />} gallery={<Gallery />} results={<ResultsColumn />} />
    </Suspense>
  );
};
