/** A chart with its surroundings: the names of its axes, its menu, its values as a table, and its export. */
import { lazy, type ReactNode, Suspense, use, useState } from 'react';
import { createPortal } from 'react-dom';
import { asFileName, downloadFile } from '../../ui/download.ts';
import { EnlargeButton } from '../../ui/EnlargeButton.tsx';
import { FilePrefix } from '../../ui/file-prefix.ts';
import { stageName, useStaged } from '../../ui/stage.ts';
import { ChartBody } from '../ChartBody.tsx';
import { CurveSwatch } from '../CurveSwatch.tsx';
import type { LegendEntry } from '../curve-style.ts';
import { pngName } from '../export/png-scale.ts';
import { type ChartExport, ChartMenu, type ChartOption } from './ChartMenu.tsx';
import { ChartTable } from './ChartTable.tsx';
import { type ChartData, chartCsv } from './chart-data.ts';
import './chart-frame.css';

const ChartPaper = lazy(() => import('../export/ChartPaper.tsx'));

interface ChartFrameProps {
  /** Of the exported figure, the table and the files. */
  readonly title: string;
  /** Shown below the title of the figure: the settings that its reader needs. */
  readonly note?: string;
  /** The content of the chart, for readers who cannot see it. */
  readonly label: string;
  /** Why there is nothing to draw; undefined if there is something. */
  readonly empty: string | undefined;
  /** Names of the axes, with their units. */
  readonly axes: { readonly x: string; readonly y: string };
  /** Returns all values, not thinned; called when they are shown or exported. A new function means new values. */
  readonly data: () => ChartData;
  /** Of the exported figure; on the page, the section of the chart has its own. */
  readonly legend?: readonly LegendEntry[];
  readonly options?: readonly ChartOption[];
  /** Between the ordinate's name and the menu. */
  readonly tools?: ReactNode;
  /** The chart: it fills its place on the page, and the exported figure. */
  readonly children: ReactNode;
  /** Class of the chart's place, if it belongs to a figure around the frame. */
  readonly place?: string;
}

/** The legend of the exported figure, for a chart that is away from its section. */
const LargeLegend = ({ entries }: { readonly entries: readonly LegendEntry[] }) => (
  <ul className="curve-legend">
    {entries.map(({ name, color, dash }) => (
      <li key={`${name} ${color}`}>
        {dash === undefined ? (
          <i className="legend-square" style={{ background: color }} />
        ) : (
          <CurveSwatch color={color} dash={dash} />
        )}
        <span>{name}</span>
      </li>
    ))}
  </ul>
);

interface Drawing {
  readonly onDrawn: (svg: string) => void;
  readonly onFailed: (error: Error) => void;
}

const noOptions: readonly ChartOption[] = [];
const noLegend: readonly LegendEntry[] = [];

export const ChartFrame = ({
  title,
  note = '',
  label,
  empty,
  axes,
  data,
  legend = noLegend,
  options = noOptions,
  tools,
  children,
  place,
}: ChartFrameProps) => {
  const [tableShown, setTableShown] = useState(false);
  const prefix = use(FilePrefix);
  const { id, place: largePlace } = useStaged(stageName(title), title);
  const [drawing, setDrawing] = useState<Drawing>();
  const [problem, setProblem] = useState<string>();

  const draw = async (): Promise<string> => {
    const drawn = new Promise<string>((onDrawn, onFailed) => setDrawing({ onDrawn, onFailed })).finally(() =>
      setDrawing(undefined),
    );
    const [svg, { embedFont }] = await Promise.all([drawn, import('../export/embed-font.ts')]);
    return embedFont(svg);
  };
  const drawPng = async (): Promise<Blob> => {
    const [svg, { svgPng }] = await Promise.all([draw(), import('../export/svg-png.ts')]);
    return svgPng(svg);
  };
  const take = async (kind: ChartExport): Promise<void> => {
    const name = asFileName(`${prefix} ${title}`);
    switch (kind) {
      case 'csv':
        return downloadFile(`${name}.csv`, chartCsv(data()), 'text/csv');
      case 'svg':
        return downloadFile(`${name}.svg`, await draw(), 'image/svg+xml');
      case 'png':
        return downloadFile(pngName(name), await drawPng(), 'image/png');
      case 'copy':
        // Pass the promise itself: after an await, the browser would no longer see the user's click.
        return navigator.clipboard.write([new ClipboardItem({ 'image/png': drawPng() })]);
    }
  };
  const onExport = (kind: ChartExport): void => {
    setProblem(undefined);
    take(kind).catch((thrown: unknown) =>
      setProblem(thrown instanceof Error ? thrown.message : String(thrown)),
    );
  };
  const chart = place ? (
    <div className={place}>{children}</div>
  ) : (
    <ChartBody label={label} empty={empty}>
      {children}
    </ChartBody>
  );
  const frame = (
    <div className="chart-frame" data-table={tableShown}>
      <div className="chart-frame-head">
        <span className="chart-axis">{tableShown ? '' : axes.y}</span>
        {tools}
        {!largePlace && <EnlargeButton id={id} title={title} />}
        <ChartMenu
          {...{ title, options, tableShown, onExport }}
          empty={empty !== undefined}
          onTable={setTableShown}
        />
      </div>
      {tableShown ? (
        <ChartTable title={title} data={data} />
      ) : (
        <>
          {chart}
          <span className="chart-axis chart-axis-x">{axes.x}</span>
          {largePlace && <LargeLegend entries={legend} />}
        </>
      )}
      {problem && (
        <p className="chart-problem" role="alert">
          {problem}
        </p>
      )}
      {drawing && (
        <Suspense fallback={null}>
          <ChartPaper {...{ title, note, axes, legend }} {...drawing}>
            {children}
          </ChartPaper>
        </Suspense>
      )}
    </div>
  );
  if (!largePlace) return frame;
  return (
    <>
      <div className="chart-frame chart-frame-away" />
      {createPortal(frame, largePlace)}
    </>
  );
};
