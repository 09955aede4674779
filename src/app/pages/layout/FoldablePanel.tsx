/** A panel of the bench that can be resized and folded away. */
import { type ReactNode, useCallback } from 'react';
import { Panel, type PanelImperativeHandle, type PanelProps } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { foldedPanels, type FoldablePanel as Name, noteFolded, registerPanel } from './bench-panels.ts';
import { panelStyle } from './panel-style.ts';

interface FoldablePanelProps
  extends Pick<PanelProps, 'defaultSize' | 'minSize' | 'maxSize' | 'groupResizeBehavior'> {
  readonly name: Name;
  readonly children: ReactNode;
}

export const FoldablePanel = ({ name, children, ...sizes }: FoldablePanelProps) => {
  const folded = useStore(foldedPanels, (panels) => panels[name] === true);
  const handle = useCallback((panel: PanelImperativeHandle | null) => registerPanel(name, panel), [name]);
  return (
    <Panel
      {...sizes}
      id={name}
      className="layout-panel"
      style={panelStyle}
      collapsible
      collapsedSize={0}
      // What is folded away is out of reach of Tab too.
      inert={folded}
      panelRef={handle}
      onResize={() => noteFolded(name)}
    >
      {children}
    </Panel>
  );
};
