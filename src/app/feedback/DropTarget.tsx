/** The whole page takes drops: category folders, and the two files of an exported model. */
import type { ReactNode } from 'react';
import { type FileWithPath, useDropzone } from 'react-dropzone';
import { useLoad } from '../hooks/use-load.ts';
import { takerOfDrop } from './image-drop.ts';
import './drop-target.css';

const isModel = (files: readonly File[]): boolean =>
  files.length === 2 && ['.json', '.bin'].every((end) => files.some(({ name }) => name.endsWith(end)));

export const DropTarget = ({ children }: { readonly children: ReactNode }) => {
  const { loadFiles, importFiles } = useLoad();
  const onDrop = (files: readonly FileWithPath[]): void => {
    if (files.length === 0) return;
    const takeImage = takerOfDrop(files);
    if (takeImage && files[0]) takeImage(files[0]);
    else if (isModel(files)) void importFiles(files);
    else
      void loadFiles(files.map((file) => ({ path: (file.path ?? file.name).replace(/^\.?\//, ''), file })));
  };
  const { getRootProps, isDragActive } = useDropzone({ onDrop, noClick: true, noKeyboard: true });
  return (
    <div {...getRootProps({ className: 'drop-target', role: undefined, tabIndex: undefined })}>
      {children}
      {isDragActive && (
        <div className="drop-overlay">
          <p>
            <b>Drop a category folder</b>
            <span>train/good, test/…, ground_truth/…; or model.json and weights.bin of an export</span>
          </p>
        </div>
      )}
    </div>
  );
};
