/** The loaded images, to check before training, and the controls that load others. */

import { lazy, Suspense, useState } from 'react';
import { pixelSize, pixelSizeSentence } from '#core/pixel-size.ts';
import { heldOutCount } from '#core/training-split.ts';
import type { DatasetLoading, LoadedDataset } from '#store/dataset/state.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { SeparationNotices } from '../shared/SeparationNotices.tsx';
import { useActions, useApp } from '../shared/store-context.ts';
import { useOpen } from '../shared/use-open.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, timeLeftMs } from '../ui/format.ts';
import { LockIcon } from '../ui/icons.tsx';
import { OpenButton } from '../ui/OpenButton.tsx';
import { Section } from '../ui/Section.tsx';
import { SkippedFileList } from '../ui/SkippedFileList.tsx';
import { WorkProgress } from '../ui/WorkProgress.tsx';
import { FolderCounts } from './FolderCounts.tsx';
import './data-section.css';

/** Loaded with the first images that are not square. */
const FitSetting = lazy(() => import('./FitSetting.tsx'));

/** The progress of decoding, which can be canceled. */
const DataLoading = ({ loading }: { readonly loading: DatasetLoading }) => {
  const { dataset } = useActions();
  const { name, side, done, total, opening } = loading;
  const what = `${name} ${side} ${total}`;
  const [begun, setBegun] = useState(() => ({ what, atMs: performance.now() }));
  // Another decoding replaced the first: its pace starts over.
  if (begun.what !== what) setBegun({ what, atMs: performance.now() });
  const leftMs = timeLeftMs(performance.now() - begun.atMs, done, total);
  return (
    <div className="data-loading">
      <WorkProgress
        label={`${opening ? 'Opening' : 'Decoding'} ${name}`}
        progress={{ share: done / Math.max(1, total), remainingMs: leftMs }}
        cancelHint="The previously loaded images stay."
        onCancel={dataset.cancelLoading}
      >
        {opening ? `Opening ${name}` : `${name}, ${side} px`}
      </WorkProgress>
    </div>
  );
};

/** Pickers of a folder and of an archive, and the sample category, as alternatives to a drop. */
const OpenData = () => {
  const open = useOpen();
  return (
    <div className="open-data">
      <OpenButton
        label="Category folder"
        hint={controlHints.openFolder.text}
        testId="folder-input"
        onFiles={open.images}
      >
        Open folder
      </OpenButton>
      <OpenButton
        label="Archive of a category"
        hint="Opens a .zip, .tar, .tar.gz or .tar.xz with a category in it. Nothing is uploaded."
        testId="archive-input"
        accept=".zip,.tar,.gz,.tgz,.xz,.txz"
        onFiles={open.drop}
      >
        Archive
      </OpenButton>
      <Button hint={controlHints.sample} onClick={open.sample}>
        Sample
      </Button>
    </div>
  );
};

/** Opens the roles of the folders again. */
const ChangeRoles = () => {
  const { changeRoles } = useOpen();
  return (
    <Button
      className="change-roles"
      hint="Shows which folder is used for what, to change it."
      onClick={changeRoles}
    >
      Change roles
    </Button>
  );
};

/** What one pixel of the resized images stands for; nothing if none is lost. */
const PixelMeaning = ({ loaded: { summary, side, fit } }: { readonly loaded: LoadedDataset }) => {
  const [most] = summary.sizes;
  const size = most && pixelSize(most.width, most.height, { side, fit });
  return size ? (
    <>
      <dt>At side {side}</dt>
      <dd data-testid="pixel-size">{pixelSizeSentence(size)}</dd>
    </>
  ) : null;
};

export const DataSection = () => {
  const loaded = useApp((state) => state.dataset.loaded);
  const heldOut = useApp(({ dataset, run }) =>
    heldOutCount(dataset.loaded?.summary.trainCount ?? 0, run.config.holdOutPercent),
  );
  const loading = useApp((state) => state.dataset.loading);
  const fit = useApp((state) => state.run.config.fit);
  return (
    <Section title="Data" aside={<OpenData />}>
      {loading && <DataLoading loading={loading} />}
      {!loaded && !loading && (
        <p className="settings-note">
          Drop a category folder (train/good, test/…, ground_truth/…) anywhere on this page, or open it here.
        </p>
      )}
      {loaded && (
        <div data-testid="dataset-summary" className="data-summary number">
          <p className="data-name">
            <b>{loaded.category.name}</b>
            <span className="quiet">
              {loaded.summary.trainCount} train{heldOut > 0 && ` (${heldOut} held out)`},{' '}
              {loaded.summary.testCount} test
            </span>
          </p>
          <FolderCounts loaded={loaded} />
          <dl className="data-facts">
            <dt>Image size</dt>
            <dd>
              {loaded.summary.sizes
                .slice(0, 2)
                .map(({ width, height }) => `${width} × ${height}`)
                .join(', ')}
              {loaded.summary.sizes.length > 2 && `, ${loaded.summary.sizes.length - 2} more`}
            </dd>
            <PixelMeaning loaded={loaded} />
            <dt>Masks</dt>
            <dd>
              {loaded.summary.masksFound} found, {loaded.summary.masksMissing} missing
            </dd>
          </dl>
          {(fit !== 'squeeze' || loaded.summary.sizes.some(({ width, height }) => width !== height)) && (
            <Suspense>
              <FitSetting />
            </Suspense>
          )}
          {loaded.notices.map((notice) => (
            <p key={notice} className="data-notice">
              {notice}
            </p>
          ))}
          {loaded.category.mapped && <ChangeRoles />}
          <SeparationNotices />
          <SkippedFileList
            skippedFiles={loaded.skippedFiles}
            label={formatCount(loaded.skippedFiles.length, 'file')}
          />
        </div>
      )}
      <p className="settings-note">
        <LockIcon /> Images never leave this machine.
      </p>
    </Section>
  );
};
