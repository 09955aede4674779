/** The app: header, page switch, messages, the chosen page. */
import { Tooltip } from 'radix-ui';
import { Shortcuts } from '../guide/Shortcuts.tsx';
import { Welcome } from '../guide/Welcome.tsx';
import { ConfirmProvider } from '../ui/ConfirmProvider.tsx';
import { CurrentPage } from './CurrentPage.tsx';
import { Alerts } from './feedback/Alerts.tsx';
import { CategoryChooser } from './feedback/CategoryChooser.tsx';
import { DeviceBanner } from './feedback/DeviceBanner.tsx';
import { DoneNotice } from './feedback/DoneNotice.tsx';
import { DropTarget } from './feedback/DropTarget.tsx';
import { Header } from './header/Header.tsx';
import { useSettingsLink } from './header/use-settings-link.ts';
import { PageSwitch } from './PageSwitch.tsx';
import { useTrainingSigns } from './signs/use-training-signs.ts';
import { useTheme } from './use-theme.ts';
import '../ui/theme/fonts.css';
import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
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
