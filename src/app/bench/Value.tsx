/** One named value of a read-out, in a place as wide as the widest value that may come. */
import type { CSSProperties } from 'react';

interface ValueProps {
  readonly name: string;
  /** Digits that the place holds. */
  readonly width: number;
  /** What it is, in words. */
  readonly title?: string | undefined;
  /** Undefined where there is nothing to read. */
  readonly children: string | undefined;
}

export const Value = ({ name, width, title, children }: ValueProps) => {
  const style: CSSProperties & Record<'--width', string> = { '--width': `${width}ch` };
  return (
    <span className="readout-value" title={title} style={style}>
      <span className="quiet">{name}</span>
      <span>{children ?? '–'}</span>
    </span>
  );
};
