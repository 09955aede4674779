/** Exports the comparison as one file. */
import { useState } from 'react';
import { embedFont } from '../../plot/export/embed-font.ts';
import { figureSvg } from '../../plot/export/figure.ts';
import { figurePng } from '../../plot/export/figure-canvas.ts';
import { PngScaleChoice } from '../../plot/export/PngScaleChoice.tsx';
import { pngName } from '../../plot/export/png-scale.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadFile } from '../../ui/download.ts';
import { type FigureContent, figureLayout, figureName } from './figure-layout.ts';

interface ExportFigureProps {
  /** Undefined while there is nothing to export. */
  readonly content: FigureContent | undefined;
}

export const ExportFigure = ({ content }: ExportFigureProps) => {
  const [problem, setProblem] = useState<string>();
  const exportAs = async (ending: 'png' | 'svg'): Promise<void> => {
    if (!content) return;
    try {
      const figure = figureLayout(content);
      const file = ending === 'png' ? await figurePng(figure) : await embedFont(figureSvg(figure));
      downloadFile(
        ending === 'png' ? pngName(figureName(content)) : `${figureName(content)}.svg`,
        file,
        ending === 'png' ? 'image/png' : 'image/svg+xml',
      );
      setProblem(undefined);
    } catch (thrown) {
      setProblem(
        `The figure could not be exported: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
    }
  };
  const blocked = content ? undefined : 'No row has pictures yet.';
  return (
    <span className="export-figure">
      {problem && (
        <span className="export-problem" role="alert">
          {problem}
        </span>
      )}
      <PngScaleChoice />
      <Button
        hint="All rows on a white background, at the chosen size."
        blocked={blocked}
        onClick={() => void exportAs('png')}
      >
        Export PNG
      </Button>
      <Button
        hint="All rows on a white background, with text as text."
        blocked={blocked}
        onClick={() => void exportAs('svg')}
      >
        Export SVG
      </Button>
    </span>
  );
};
