/** Says over a picture which keys make the wheel zoom it: the wheel alone scrolls the page. */

const shownMs = 1400;

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

let shown: { readonly frame: HTMLElement; readonly timer: ReturnType<typeof setTimeout> } | undefined;

export const hideWheelHint = (): void => {
  if (!shown) return;
  clearTimeout(shown.timer);
  delete shown.frame.dataset.wheelHint;
  shown = undefined;
};

/** Shows the hint until the wheel has rested for a moment. */
export const showWheelHint = (frame: HTMLElement): void => {
  if (shown?.frame !== frame) hideWheelHint();
  clearTimeout(shown?.timer);
  frame.dataset.wheelHint = `${isApple() ? '⌘' : 'Ctrl'} + wheel zooms`;
  shown = { frame, timer: setTimeout(hideWheelHint, shownMs) };
};
