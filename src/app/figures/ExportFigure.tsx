/** Exports a figure as one file, on white paper. */
import { useState } from 'react';
import { embedFont } from '../plot/export/embed-font.ts';
import { type Figure, figureSvg } from '../plot/export/figure.ts';
import { figurePng } from '../plot/export/figure-canvas.ts';
import { PngScaleChoice } from '../plot/export/PngScaleChoice.tsx';
import { pngName } from '../plot/export/png-scale.ts';
import { Button } from '../ui/Button.tsx';
import { downloadFile } from '../ui/download.ts';
import './export-figure.css';

/** A figure and the name of its file, without an ending. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
}

interface ExportFigureProps {
  /** Lays the figure out; undefined while there is nothing to export. */
  readonly layOut: (() => NamedFigure) | undefined;
  /** The contents of the figure, as the beginning of a sentence: `All rows`. */
  readonly contents: string;
  /** Why there is nothing to export. */
  readonly blocked: string;
}

export const ExportFigure = ({ layOut, contents, blocked }: ExportFigureProps) => {
  const [problem, setProblem] = useState<string>();
  const exportAs = async (ending: 'png' | 'svg'): Promise<void> => {
    if (!layOut) return;
    try {
      const { name, figure } = layOut();
      if (ending === 'png') downloadFile(pngName(name), await figurePng(figure), 'image/png');
      else downloadFile(`${name}.svg`, await embedFont(figureSvg(figure)), 'image/svg+xml');
      setProblem(undefined);
    } catch (thrown) {
      setProblem(
        `The figure could not be exported: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
    }
  };
  return (
    <span className="export-figure">
      {problem && (
        <span className="export-problem" role="alert">
          {problem}
        </span>
      )}
      <PngScaleChoice />
      <Button
        hint={`${contents} on a white background, at the chosen size.`}
        blocked={layOut ? undefined : blocked}
        onClick={() => void exportAs('png')}
      >
        Export PNG
      </Button>
      <Button
        hint={`${contents} on a white background, with text as text.`}
        blocked={layOut ? undefined : blocked}
        onClick={() => void exportAs('svg')}
      >
        Export SVG
      </Button>
    </span>
  );
};
