/** Settings, image bench over gallery, and results side by side, with draggable edges. */
import { type CSSProperties, type ReactNode, useCallback } from 'react';
import {
  Group,
  type LayoutStorage,
  Panel,
  type PanelImperativeHandle,
  type PanelProps,
  Separator,
  useDefaultLayout,
} from 'react-resizable-panels';
import { useStore } from 'zustand';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { recall, remember } from '../../ui/browser-memory.ts';
import { HintAt } from '../../ui/Hint.tsx';
import { useHint } from '../../ui/use-hint.ts';
import { foldedPanels, type FoldablePanel as Name, noteFolded, registerPanel } from './bench-panels.ts';

interface LayoutEdgeProps {
  readonly label: string;
  /** Between stacked panels. */
  readonly across?: boolean;
}

/** An edge between panels, moved by dragging or by keys. */
const LayoutEdge = ({ label, across = false }: LayoutEdgeProps) => {
  const hint = useHint();
  return (
    <Separator
      className={across ? 'layout-edge layout-edge-across' : 'layout-edge'}
      aria-label={label}
      aria-description={controlHints.layoutEdge.text}
      // The library uses the separator's own focus handlers.
      onFocusCapture={hint.handlers.onFocus}
      onBlurCapture={() => hint.setOpen(false)}
      onKeyDownCapture={() => hint.setOpen(false)}
      data-hint
    >
      <HintAt {...controlHints.layoutEdge} state={hint} side={across ? 'top' : 'right'}>
        <span className="layout-edge-reach" />
      </HintAt>
    </Separator>
  );
};

const storage: LayoutStorage = { getItem: recall, setItem: remember };

/** The content has its own scroll region; by default, the library makes the panel scroll. */
const panelStyle: CSSProperties = { overflow: 'hidden' };

interface FoldablePanelProps
  extends Pick<PanelProps, 'defaultSize' | 'minSize' | 'maxSize' | 'groupResizeBehavior'> {
  readonly name: Name;
  readonly children: ReactNode;
}

const FoldablePanel = ({ name, children, ...sizes }: FoldablePanelProps) => {
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
      // Tab must not reach a folded panel.
      inert={folded}
      panelRef={handle}
      onResize={() => noteFolded(name)}
    >
      {children}
    </Panel>
  );
};

interface WideLayoutProps {
  readonly settings: ReactNode;
  readonly bench: ReactNode;
  readonly gallery: ReactNode;
  readonly results: ReactNode;
}

export const WideLayout = ({ settings, bench, gallery, results }: WideLayoutProps) => {
  const columns = useDefaultLayout({ id: 'residua-columns', storage });
  const rows = useDefaultLayout({ id: 'residua-rows', storage });
  return (
    <Group role="main" className="layout" orientation="horizontal" {...columns}>
      <FoldablePanel
        name="settings"
        defaultSize="284px"
        minSize="240px"
        maxSize="420px"
        groupResizeBehavior="preserve-pixel-size"
      >
        {settings}
      </FoldablePanel>
      <LayoutEdge label="Edge of the settings" />
      <Panel id="centre" className="layout-panel" style={panelStyle} minSize="380px">
        <div className="center">
          <Group orientation="vertical" {...rows}>
            <Panel id="bench" className="layout-panel" style={panelStyle} minSize="260px">
              {bench}
            </Panel>
            <LayoutEdge label="Edge of the gallery" across />
            <FoldablePanel name="gallery" defaultSize="29%" minSize="112px">
              {gallery}
            </FoldablePanel>
          </Group>
        </div>
      </Panel>
      <LayoutEdge label="Edge of the results" />
      <FoldablePanel name="results" defaultSize="24%" minSize="250px" maxSize="60%">
        {results}
      </FoldablePanel>
    </Group>
  );
};
