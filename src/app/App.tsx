/** The page: header, settings, bench with gallery, charts. */
import { Tooltip } from 'radix-ui';
import { Bench } from './bench/Bench.tsx';
import { Charts } from './charts/Charts.tsx';
import { CategoryChooser } from './dialogs/CategoryChooser.tsx';
import { ConfirmProvider } from './dialogs/ConfirmProvider.tsx';
import { Alerts } from './feedback/Alerts.tsx';
import { DeviceBanner } from './feedback/DeviceBanner.tsx';
import { DropTarget } from './feedback/DropTarget.tsx';
import { Gallery } from './gallery/Gallery.tsx';
import { Header } from './header/Header.tsx';
import { useTheme } from './hooks/use-theme.ts';
import { Settings } from './settings/Settings.tsx';
import './theme/tokens.css';
import './theme/base.css';
import './app.css';

export const App = () => {
  useTheme();
  return (
    <Tooltip.Provider delayDuration={450}>
      <ConfirmProvider>
        <DropTarget>
          <div className="page">
            <Header />
            <div className="messages">
              <DeviceBanner />
              <Alerts />
            </div>
            <div className="columns">
              <Settings />
              <main className="centre">
                <Bench />
                <Gallery />
              </main>
              <Charts />
            </div>
          </div>
          <CategoryChooser />
        </DropTarget>
      </ConfirmProvider>
    </Tooltip.Provider>
  );
};
