/** The app: header, page switch, messages, the chosen page. */
import { Tooltip } from 'radix-ui';
import { Activity, Suspense } from 'react';
import { Shortcuts } from '../guide/Shortcuts.tsx';
import { Welcome } from '../guide/Welcome.tsx';
import { ReloadOffer } from '../hosting/ReloadOffer.tsx';
import { presentFileName } from '../shared/run-file-name.ts';
import { useApp } from '../shared/store-context.ts';
import { ConfirmProvider } from '../ui/ConfirmProvider.tsx';
import { FilePrefix } from '../ui/file-prefix.ts';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { Alerts, DeviceBanner } from './feedback/Alerts.tsx';
import { DoneNotice } from './feedback/DoneNotice.tsx';
import { DropTarget } from './feedback/DropTarget.tsx';
import { SavedNotice } from './feedback/SavedNotice.tsx';
import { Header } from './header/Header.tsx';
import { useSettingsLink } from './header/use-settings-link.ts';
import { LazyDialogs } from './LazyDialogs.tsx';
import { LazyLargeViews } from './LazyLargeViews.tsx';
import { LazyStorageDialog } from './LazyStorageDialog.tsx';
import { BenchPage } from './layout/BenchPage.tsx';
import { PageSwitch } from './PageSwitch.tsx';
import { lazyPages, pageLabels } from './pages.ts';
import { useTrainingSigns } from './signs/use-training-signs.ts';
import { useTheme } from './use-theme.ts';
import { useUnloadGuard } from './use-unload-guard.ts';
import '../ui/theme/fonts.css';
import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
import './pages.css';

/** The chosen page. The bench stays mounted and unchanged. */
const CurrentPage = () => {
  const page = useApp((state) => state.view.page);
  const scroll = useScrollRegion('y');
  const Other = page === 'bench' ? undefined : lazyPages[page];
  return (
    <>
      <Activity mode={page === 'bench' ? 'visible' : 'hidden'}>
        <BenchPage />
      </Activity>
      {Other && page !== 'bench' && (
        <main className="other-page" aria-label={pageLabels[page]} {...scroll}>
          <Suspense fallback={<p className="other-page-loading">Opening {pageLabels[page]}…</p>}>
            <Other />
          </Suspense>
        </main>
      )}
    </>
  );
};

export const App = () => {
  useTheme();
  useSettingsLink();
  useUnloadGuard();
  useTrainingSigns();
  const filePrefix = useApp(presentFileName);
  return (
    <Tooltip.Provider delayDuration={450}>
      <ConfirmProvider>
        <FilePrefix value={filePrefix}>
          <DropTarget>
            <div className="page">
              <Header />
              <PageSwitch />
              <div className="messages">
                <DeviceBanner />
                <Welcome />
              </div>
              <CurrentPage />
            </div>
            <Alerts />
            <LazyDialogs />
            <DoneNotice />
            <SavedNotice />
            <ReloadOffer />
            <Shortcuts />
            <LazyLargeViews />
            <LazyStorageDialog />
          </DropTarget>
        </FilePrefix>
      </ConfirmProvider>
    </Tooltip.Provider>
  );
};
