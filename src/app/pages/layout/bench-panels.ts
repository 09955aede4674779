/** Which panels of the bench are folded away, and the handles by which a button folds them. */
import type { PanelImperativeHandle } from 'react-resizable-panels';
import { createStore } from 'zustand/vanilla';

export const foldablePanels = ['settings', 'gallery', 'results'] as const;
export type FoldablePanel = (typeof foldablePanels)[number];

export const panelLabels: Readonly<Record<FoldablePanel, string>> = {
  settings: 'Settings',
  gallery: 'Gallery',
  results: 'Results',
};

/** Whether each is folded; undefined where the window is too narrow for panels beside each other. */
export const foldedPanels = createStore<Partial<Record<FoldablePanel, boolean>>>(() => ({}));

const handles = new Map<FoldablePanel, PanelImperativeHandle>();

/** Takes the handle of a panel that has been mounted, or forgets it. */
export const registerPanel = (panel: FoldablePanel, handle: PanelImperativeHandle | null): void => {
  if (handle) {
    handles.set(panel, handle);
    return;
  }
  handles.delete(panel);
  foldedPanels.setState({ [panel]: undefined });
};

/** Says how a panel stands now: folded by its button or by its edge. */
export const noteFolded = (panel: FoldablePanel): void => {
  const folded = handles.get(panel)?.isCollapsed();
  if (foldedPanels.getState()[panel] !== folded) foldedPanels.setState({ [panel]: folded });
};

/** Folds a panel away, or brings it back at its former size. */
export const togglePanel = (panel: FoldablePanel): void => {
  const handle = handles.get(panel);
  if (handle?.isCollapsed()) handle.expand();
  else handle?.collapse();
};
