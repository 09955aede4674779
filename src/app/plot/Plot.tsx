/** A drawing of ours (not recharts) that fills its place on the page or in the exported figure. */
import { createContext, type ReactNode, useRef } from 'react';
import { type Size, useSize } from '../ui/use-size.ts';
import './plot.css';

/** Whether the drawing goes into a file. Colors follow from the class `on-paper` around it. */
export const OnPaper = createContext(false);

interface PlotProps {
  /** Draws at a size in CSS pixels: first an SVG, which an export uses, then controls. */
  readonly children: (size: Size) => ReactNode;
}

export const Plot = ({ children }: PlotProps) => {
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  return (
    <div className="plot" ref={place}>
      {size && children(size)}
    </div>
  );
};
