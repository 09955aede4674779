/** The whole page takes drops: category folders, and the two files of an exported model. */
import type { ReactNode } from 'react';
import { takerOfDrop } from '../../shared/image-drop.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { useLoad } from '../../shared/use-load.ts';
import { useFileDrop } from './use-file-drop.ts';
import './drop-target.css';

const isModel = (files: readonly File[]): boolean =>
  files.length === 2 && ['.json', '.bin'].every((end) => files.some(({ name }) => name.endsWith(end)));

export const DropTarget = ({ children }: { readonly children: ReactNode }) => {
  const { loadFiles, importFiles } = useLoad();
  const { table } = useActions();
  const toTable = useApp((state) => state.view.page === 'table');
  const { active, handlers } = useFileDrop((dropped) => {
    const files = dropped.map(({ file }) => file);
    const takeImage = takerOfDrop(files);
    if (takeImage && files[0]) takeImage(files[0]);
    else if (isModel(files)) void importFiles(files);
    else if (toTable) table.offerFiles(dropped);
    else void loadFiles(dropped);
  });
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
