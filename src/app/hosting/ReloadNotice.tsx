/** The offered reload as a notice. Default export, for lazy loading. */
import { useStore } from 'zustand';
import { useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { hosting } from './hosting-state.ts';
import { blockedReload } from './work-in-page.ts';
import './hosting.css';

const texts = {
  update: { title: 'A new version is ready.', hint: 'Opens the new version. Retained runs stay.' },
  'other-tabs': {
    title: 'The new version cannot start while Residua is open in another tab.',
    hint: 'Close the other tabs first. Retained runs stay.',
  },
  threads: {
    title: 'After a reload, training uses all processor cores.',
    hint: 'Opens the page again, isolated from other pages, which threads need. Retained runs stay.',
  },
} as const;

const ReloadNotice = () => {
  const { offer, reload } = useStore(hosting);
  const blocked = useApp(blockedReload);
  if (offer === 'none') return null;
  const { title, hint } = texts[offer];
  return (
    <div className="reload-notice" data-testid="reload-notice">
      <b>{title}</b>
      <Button hint={hint} hintSide="top" blocked={blocked} onClick={reload}>
        Reload
      </Button>
      <Button
        tone="bare"
        aria-label="Close the offer"
        hint="Closes the offer; the page stays as it is."
        hintSide="top"
        onClick={() => hosting.setState({ offer: 'none' })}
      >
        <CloseIcon />
      </Button>
    </div>
  );
};

export default ReloadNotice;
