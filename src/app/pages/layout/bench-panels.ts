/** The folded panels of the bench, and the handles that fold them. */
import type { PanelImperativeHandle } from 'react-resizable-panels';
import { createStore } from 'zustand/vanilla';

export const foldablePanels = ['settings', 'gallery', 'results'] as const;
export type FoldablePanel = (typeof foldablePanels)[number];

export const panelLabels: Readonly<Record<FoldablePanel, string>> = {
  settings: 'Settings',
  gallery: 'Gallery',
  results: 'Results',
};

/** Whether each is folded; undefined if the window is too narrow for panels side by side. */
export const foldedPanels = createStore<Partial<Record<FoldablePanel, boolean>>>(() => ({}));

const handles = new Map<FoldablePanel, PanelImperativeHandle>();

/** Registers the handle of a mounted panel; null removes it. */
export const registerPanel = (panel: FoldablePanel, handle: PanelImperativeHandle | null): void => {
  if (handle) {
    handles.set(panel, handle);
    return;
  }
  handles.delete(panel);
  foldedPanels.setState({ [panel]: undefined });
};

/** Reads whether a panel is folded, by its button or by its edge. */
export const noteFolded = (panel: FoldablePanel): void => {
  const folded = handles.get(panel)?.isCollapsed();
  if (foldedPanels.getState()[panel] !== folded) foldedPanels.setState({ [panel]: folded });
};

/** Folds a panel, or restores its former size. */
export const togglePanel = (panel: FoldablePanel): void => {
  const handle = handles.get(panel);
  if (handle?.isCollapsed()) handle.expand();
  else handle?.collapse();
};
