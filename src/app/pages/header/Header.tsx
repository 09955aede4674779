/** The header: dataset, transport, progress, device, files, theme, help. */
import { HelpMenu } from '../../guide/HelpMenu.tsx';
import { Logo } from '../../ui/icons.tsx';
import { CopyLink } from './CopyLink.tsx';
import { DatasetChip } from './DatasetChip.tsx';
import { DeviceChip } from './DeviceChip.tsx';
import { RunFiles } from './RunFiles.tsx';
import { RunProgress } from './RunProgress.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { Transport } from './Transport.tsx';
import './header.css';

export const Header = () => (
  <header className="header">
    <h1 className="header-logo">
      <Logo />
      Residua
    </h1>
    <DatasetChip />
    <Transport />
    <RunProgress />
    <div className="header-end">
      <DeviceChip />
      <CopyLink />
      <RunFiles />
      <ThemeSwitch />
      <HelpMenu />
    </div>
  </header>
);
