/** Settings, image bench over gallery, results: beside each other, with edges that can be dragged. */
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { Bench } from '../../bench/Bench.tsx';
import { Gallery } from '../../gallery/Gallery.tsx';
import { Settings } from '../../settings/Settings.tsx';
import { FoldablePanel } from './FoldablePanel.tsx';
import { LayoutEdge } from './LayoutEdge.tsx';
import { layoutStorage } from './layout-storage.ts';
import { panelStyle } from './panel-style.ts';
import { Charts } from './ResultsColumn.tsx';
import './layout.css';

export const WideLayout = () => {
  const columns = useDefaultLayout({ id: 'residua-columns', storage: layoutStorage });
  const rows = useDefaultLayout({ id: 'residua-rows', storage: layoutStorage });
  return (
    <Group role="main" className="layout" orientation="horizontal" {...columns}>
      <FoldablePanel
        name="settings"
        defaultSize="284px"
        minSize="240px"
        maxSize="420px"
        groupResizeBehavior="preserve-pixel-size"
      >
        <Settings />
      </FoldablePanel>
      <LayoutEdge label="Edge of the settings" />
      <Panel id="centre" className="layout-panel" style={panelStyle} minSize="380px">
        <div className="centre">
          <Group orientation="vertical" {...rows}>
            <Panel id="bench" className="layout-panel" style={panelStyle} minSize="260px">
              <Bench />
            </Panel>
            <LayoutEdge label="Edge of the gallery" across />
            <FoldablePanel name="gallery" defaultSize="29%" minSize="112px">
              <Gallery />
            </FoldablePanel>
          </Group>
        </div>
      </Panel>
      <LayoutEdge label="Edge of the results" />
      <FoldablePanel name="results" defaultSize="24%" minSize="250px" maxSize="60%">
        <Charts />
      </FoldablePanel>
    </Group>
  );
};
