/** The whole page takes drops: category folders, and the two files of an exported model. */
import type { ReactNode } from 'react';
import { useApp } from '../../shared/store-context.ts';
import { useOpen } from '../../shared/use-open.ts';
import { useFileDrop } from './use-file-drop.ts';
import './feedback.css';

export const DropTarget = ({ children }: { readonly children: ReactNode }) => {
  const { drop } = useOpen();
  const toTable = useApp((state) => state.view.page === 'table');
  const { active, handlers } = useFileDrop(drop);
  return (
    <div className="drop-target" {...handlers}>
      {children}
      {active && (
        <div className="drop-overlay">
          <p>
            <b>{toTable ? 'Drop a data set root' : 'Drop a category folder'}</b>
            <span>
              {toTable
                ? 'several category folders, such as mvtec_anomaly_detection; or some of them'
                : 'train/good, test/…, ground_truth/…; or model.json and weights.bin of an export'}
            </span>
          </p>
        </div>
      )}
    </div>
  );
};
