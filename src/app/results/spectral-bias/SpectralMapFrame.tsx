/** A spectral map with its menu: the matrix as a table and as CSV, the picture as a figure. */
import { useCallback } from 'react';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { lossLabels } from '../../shared/labels.ts';
import { SpectralMap, type SpectralMapProps } from './SpectralMap.tsx';
import { mapData, powerUnits } from './spectral-map-data.ts';

export const SpectralMapFrame = (props: SpectralMapProps) => {
  const { run, scale } = props;
  const name = lossLabels[run.loss];
  const data = useCallback(() => mapData(run.records, scale), [run.records, scale]);
  const category = run.categoryName === undefined ? '' : `, ${run.categoryName}`;
  return (
    <ChartFrame
      title={`Spectral bias, ${name}`}
      note={`${powerUnits[scale]}; seed ${run.seed}, ${run.side} px${category}`}
      axes={{ x: 'epoch', y: 'radius (periods per image), log(1 + r)' }}
      data={data}
      label={`Residual of ${name} by epoch and radius`}
      empty={run.records.length > 0 ? undefined : 'No epoch yet'}
      place="spectral-map number"
    >
      <SpectralMap {...props} />
    </ChartFrame>
  );
};
