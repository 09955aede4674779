/** Settings, image bench with gallery, results. */
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { Bench } from '../../bench/Bench.tsx';
import { EpochScrubber } from '../../bench/EpochScrubber.tsx';
import { ZoomReadOut } from '../../bench/ZoomReadOut.tsx';
import { WeightDialog } from '../../frequency-weight/WeightDialog.tsx';
import { Gallery } from '../../gallery/Gallery.tsx';
import { WeightSettings } from '../../settings/objective/WeightSettings.tsx';
import { Settings } from '../../settings/Settings.tsx';
import { useApp } from '../../shared/store-context.ts';
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

const Race = lazy(() => import('../../race/Race.tsx'));

/** The race if there is one, else the bench. */
const BenchOrRace = () => {
  const racing = useApp((state) => state.race.rivals.length > 0);
  if (!racing) return <Bench />;
  return (
    <Suspense fallback={<Bench />}>
      <Race bench={<Bench />} scrubber={<EpochScrubber />} zoom={<ZoomReadOut />} />
    </Suspense>
  );
};

export const BenchPage = () => {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches);
  const settings = <Settings weightDialog={weightDialog} />;
  if (isWide) {
    return (
      <WideLayout
        settings={settings}
        bench={<BenchOrRace />}
        gallery={<Gallery />}
        results={<ResultsColumn />}
      />
    );
  }
  return (
    <Suspense fallback={<main className="narrow" aria-busy="true" />}>
      <NarrowLayout
        settings={settings}
        bench={<BenchOrRace />}
        gallery={<Gallery />}
        results={<ResultsColumn />}
      />
    </Suspense>
  );
};
