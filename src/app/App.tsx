/** The app: header, page switch, messages, the chosen page. */
import { Tooltip } from 'radix-ui';
import { CategoryChooser } from './dialogs/CategoryChooser.tsx';
import { ConfirmProvider } from './dialogs/ConfirmProvider.tsx';
import { Alerts } from './feedback/Alerts.tsx';
import { DeviceBanner } from './feedback/DeviceBanner.tsx';
import { DoneNotice } from './feedback/DoneNotice.tsx';
import { DropTarget } from './feedback/DropTarget.tsx';
import { Shortcuts } from './guide/Shortcuts.tsx';
import { Welcome } from './guide/Welcome.tsx';
import { Header } from './header/Header.tsx';
import { useSettingsLink } from './hooks/use-settings-link.ts';
import { useTheme } from './hooks/use-theme.ts';
import { useTrainingSigns } from './hooks/use-training-signs.ts';
import { CurrentPage } from './pages/CurrentPage.tsx';
import { PageSwitch } from './pages/PageSwitch.tsx';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import './app.css';

export const App = () => {
  useTheme();
  useSettingsLink();
  useTrainingSigns();
  return (
    <Tooltip.Provider delayDuration={450}>
      <ConfirmProvider>
        <DropTarget>
          <div className="page">
            <Header />
            <PageSwitch />
            <div className="messages">
              <DeviceBanner />
              <Alerts />
              <Welcome />
            </div>
            <CurrentPage />
          </div>
          <CategoryChooser />
          <DoneNotice />
          <Shortcuts />
        </DropTarget>
      </ConfirmProvider>
    </Tooltip.Provider>
  );
};
