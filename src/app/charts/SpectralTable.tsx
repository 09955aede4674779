/** The band-wise errors as a table, for those who cannot see the map or want the figures. */
import { useState } from 'react';
import { formatFigure } from '../format.ts';
import type { BandPoint } from './band-series.ts';

interface SpectralTableProps {
  readonly label: string;
  readonly bands: readonly string[];
  readonly points: readonly BandPoint[];
}

export const SpectralTable = ({ label, bands, points }: SpectralTableProps) => {
  const [open, setOpen] = useState(false);
  return (
    <details className="spectral-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Table</summary>
      {open && (
        <table className="number">
          <caption>{label}, power of the residual by band of radius</caption>
          <thead>
            <tr>
              <th scope="col">epoch</th>
              {bands.map((band) => (
                <th key={band} scope="col">
                  {band}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map(({ epoch, errors }) => (
              <tr key={epoch}>
                <th scope="row">{epoch}</th>
                {bands.map((band, index) => (
                  <td key={band}>{errors[index] === undefined ? '–' : formatFigure(errors[index], 2)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
};
