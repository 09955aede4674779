/** A map with its menu: its values as a table and as CSV, the map as a figure. */
import { useCallback } from 'react';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { SpectralMap, type SpectralMapProps } from './SpectralMap.tsx';
import { mapData } from './spectral-map.ts';

interface SpectralMapFrameProps extends SpectralMapProps {
  /** Of the figure, the table and the files. */
  readonly title: string;
  /** The settings that a reader of the figure needs. */
  readonly note: string;
}

export const SpectralMapFrame = ({ title, note, ...props }: SpectralMapFrameProps) => {
  const { records, scale, name } = props;
  const data = useCallback(() => mapData(records, scale), [records, scale]);
  return (
    <ChartFrame
      title={title}
      note={note}
      axes={{ x: 'epoch', y: 'radius (cycles per image), log axis' }}
      data={data}
      label={name}
      empty={records.length > 0 ? undefined : 'No epoch yet'}
      place="spectral-map number"
    >
      <SpectralMap {...props} />
    </ChartFrame>
  );
};
