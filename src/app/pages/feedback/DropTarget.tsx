/** The whole page accepts drops: category folders, and the two files of an exported model. */
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useApp } from '../../shared/store-context.ts';
import { useOpen } from '../../shared/use-open.ts';
import './feedback.css';

/** Reads dropped folders. Loaded at the first drag, since most visits have none. */
const loadReader = () => import('file-selector');

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

/** The browser empties a drop when its handler returns; captured entries remain readable. */
const captured = ({ items, files }: DataTransfer) => ({
  dataTransfer: {
    files: [...files],
    items: Array.from(items, (item) => {
      const entry = item.webkitGetAsEntry();
      const file = item.getAsFile();
      return { kind: item.kind, type: item.type, webkitGetAsEntry: () => entry, getAsFile: () => file };
    }),
  },
  type: 'drop',
});

/** A dropped file, and its path below the drop. */
interface PathFile {
  readonly path: string;
  readonly file: File;
}

interface FileDrop {
  /** Whether files are held over the element. */
  readonly active: boolean;
  /** For the element. */
  readonly handlers: Readonly<
    Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent) => void>
  >;
}

/** @param onDrop gets all files of a drop with their paths below it, in no order; none of an empty folder */
const useFileDrop = (onDrop: (files: readonly PathFile[]) => void): FileDrop => {
  const [active, setActive] = useState(false);
  // Elements inside the element are entered before the one around them is left.
  const depth = useRef(0);

  const enter = (change: number): void => {
    depth.current = Math.max(0, depth.current + change);
    setActive(depth.current > 0);
  };

  const read = async (dropped: ReturnType<typeof captured>): Promise<void> => {
    const { fromEvent } = await loadReader();
    const files = (await fromEvent(dropped)).filter((file) => file instanceof File);
    onDrop(files.map((file) => ({ path: (file.path ?? file.name).replace(/^\.?\//, ''), file })));
  };

  const forFiles =
    (act: (event: DragEvent) => void) =>
    (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      act(event);
    };

  return {
    active,
    handlers: {
      onDragEnter: forFiles(() => {
        void loadReader();
        enter(1);
      }),
      onDragOver: forFiles(() => undefined),
      onDragLeave: forFiles(() => enter(-1)),
      onDrop: forFiles(({ dataTransfer }) => {
        enter(-depth.current);
        void read(captured(dataTransfer));
      }),
    },
  };
};

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
                : 'train/good, test/…, ground_truth/…; or the files of an exported model'}
            </span>
          </p>
        </div>
      )}
    </div>
  );
};
