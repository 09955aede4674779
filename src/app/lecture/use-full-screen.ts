/** Full screen while the lecture runs, if the browser allows it; without it, the lecture fills the window. */
import { useEffect } from 'react';

/** @param onLeft called if the user leaves full screen, as by Esc, which the page does not see */
export const useFullScreen = (wanted: boolean, onLeft: () => void): void => {
  useEffect(() => {
    if (!wanted) return;
    let entered = false;
    let ended = false;
    const enter = async (): Promise<void> => {
      // A browser may refuse, as in a frame; phones may lack the function.
      await document.documentElement.requestFullscreen?.().catch(() => undefined);
      entered = document.fullscreenElement !== null;
      if (ended && entered) await document.exitFullscreen().catch(() => undefined);
    };
    void enter();
    const onChange = (): void => {
      if (document.fullscreenElement !== null) entered = true;
      else if (entered) onLeft();
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      ended = true;
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    };
  }, [wanted, onLeft]);
};
