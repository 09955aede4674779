/** Takes the comparison away as one file. */
import { useState } from 'react';
import { embedFont } from '../../plot/export/embed-font.ts';
import { pngScale } from '../../plot/export/png.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadFile } from '../../ui/download.ts';
import { type FigureContent, figureLayout, figureName } from './figure-layout.ts';
import { figurePng } from './figure-png.ts';
import { figureSvg } from './figure-svg.ts';

interface ExportFigureProps {
  /** Undefined while there is nothing to export. */
  readonly content: FigureContent | undefined;
}

export const ExportFigure = ({ content }: ExportFigureProps) => {
  const [problem, setProblem] = useState<string>();
  const exportAs = async (ending: 'png' | 'svg'): Promise<void> => {
    if (!content) return;
    try {
      const layout = figureLayout(content);
      const file = ending === 'png' ? await figurePng(layout) : await embedFont(figureSvg(layout));
      downloadFile(
        `${figureName(content)}.${ending}`,
        file,
        ending === 'png' ? 'image/png' : 'image/svg+xml',
      );
      setProblem(undefined);
    } catch (thrown) {
      setProblem(
        `The figure could not be made: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
    }
  };
  const blocked = content ? undefined : 'There is no row with pictures yet.';
  return (
    <span className="export-figure">
      {problem && (
        <span className="export-problem" role="alert">
          {problem}
        </span>
      )}
      <Button
        hint={`All rows on white paper, at ${pngScale} pixels a point.`}
        blocked={blocked}
        onClick={() => void exportAs('png')}
      >
        Export PNG
      </Button>
      <Button
        hint="All rows on white paper, text as text."
        blocked={blocked}
        onClick={() => void exportAs('svg')}
      >
        Export SVG
      </Button>
    </span>
  );
};
