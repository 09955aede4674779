/** Copies a link that opens the page with the current settings. */
import { useEffect, useState } from 'react';
import { pageFragment } from '#store/page-fragment.ts';
import { placeOf } from '#store/view/place.ts';
import { useAppStore } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { linkTo } from './use-settings-link.ts';

const saidForMs = 2000;

export const CopyLink = () => {
  const store = useAppStore();
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), saidForMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (): Promise<void> => {
    try {
      const state = store.getState();
      // A kept run is in this browser only.
      const place = { ...placeOf(state), run: undefined };
      await navigator.clipboard.writeText(linkTo(pageFragment(state, place)));
      setOutcome('copied');
    } catch {
      // Browsers may refuse the clipboard; the address bar holds the same link.
      setOutcome('refused');
    }
  };

  const label = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'See address bar' : 'Copy link';
  return (
    <Button
      hint="A link that opens Residua with these settings and the script of the lecture, on this page. It holds no images and no weights."
      onClick={() => void copy()}
    >
      <span aria-live="polite">{label}</span>
    </Button>
  );
};
