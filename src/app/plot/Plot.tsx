/** A drawing of ours that fills its place: the place on the page, or the figure that is exported. */
import { createContext, type ReactNode, useRef } from 'react';
import { type Size, useSize } from '../ui/use-size.ts';
import './plot.css';

/** Whether the drawing goes into a file. Colors follow from the class `on-paper` around it. */
export const OnPaper = createContext(false);

interface PlotProps {
  /** Draws at a size in CSS pixels; an SVG first, which an export takes, then controls. */
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
