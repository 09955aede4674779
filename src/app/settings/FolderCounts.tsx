/** One line per folder: a thumbnail, the name and the number of images. */
import type { LoadedDataset } from '#store/dataset/state.ts';
import { Thumbnail } from '../image/Thumbnail.tsx';
import { BreakableName } from '../ui/BreakableName.tsx';

export const FolderCounts = ({ loaded }: { readonly loaded: LoadedDataset }) => {
  const { samples, summary, thumbnails } = loaded;
  const folders = [
    {
      key: 'train',
      label: 'train',
      split: 'train',
      defectType: 'good',
      anomalous: false,
      count: summary.trainCount,
    },
    ...summary.testFolders.map(({ defectType, anomalous, count }) => ({
      key: defectType,
      label: anomalous ? defectType : 'test, good',
      split: 'test',
      defectType,
      anomalous,
      count,
    })),
  ];
  return (
    <ul className="folder-counts" aria-label="Images per folder">
      {folders.map(({ key, label, split, defectType, anomalous, count }) => {
        const first = samples.findIndex(
          (sample) => sample.split === split && (split === 'train' || sample.defectType === defectType),
        );
        return (
          <li key={key} data-anomalous={anomalous}>
            {first >= 0 && <Thumbnail thumbnails={thumbnails} index={first} />}
            <span className="folder-name" title={label}>
              <BreakableName name={label} />
            </span>
            <span>{count}</span>
          </li>
        );
      })}
    </ul>
  );
};
