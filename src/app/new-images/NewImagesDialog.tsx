/** Images that were dropped on a trained run: score, decision and map of each, the most anomalous first. */
import { useMemo } from 'react';
import { chosenThreshold } from '#store/decision/threshold.ts';
import { latestEvaluation } from '#store/run/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { useOpen } from '../shared/use-open.ts';
import { BreakableName } from '../ui/BreakableName.tsx';
import { Button } from '../ui/Button.tsx';
import { downloadFile } from '../ui/download.ts';
import { formatCount } from '../ui/format.ts';
import { PageDialog } from '../ui/PageDialog.tsx';
import { SkippedFileList } from '../ui/SkippedFileList.tsx';
import { decisionOf, newImagesCsv } from './new-images-csv.ts';
import { ScoredPicture } from './ScoredPicture.tsx';
import './new-images.css';

/** Thousands of rows are slow to draw; the file has all of them. */
const mostRows = 200;

/** The threshold on the scores of these images, or why there is none. */
const useThreshold = () =>
  useApp((state) =>
    latestEvaluation(state.run) === state.newImages.evaluation
      ? chosenThreshold(state)
      : ({ defined: false, reason: 'The run was evaluated again. Drop the images again.' } as const),
  );

const NewImagesDialog = () => {
  const { newImages } = useActions();
  const { phase, files, images, mapSide, skippedFiles, evaluation, error } = useApp(
    (state) => state.newImages,
  );
  const threshold = useThreshold();
  const value = threshold.defined ? threshold.threshold : undefined;
  const open = useOpen();
  const shown = useMemo(() => images.toSorted((a, b) => b.score - a.score).slice(0, mostRows), [images]);
  const upper = useMemo(
    () => images.reduce((most, { map }) => map.reduce((largest, at) => Math.max(largest, at), most), 0),
    [images],
  );
  const flagged = images.filter(({ score }) => decisionOf(score, value) === 'anomalous').length;
  const summary = threshold.defined
    ? `${flagged} of ${formatCount(images.length, 'image')} reach the threshold ${threshold.threshold.toPrecision(4)}, fitted to this run. Maps share one color scale.`
    : `${formatCount(images.length, 'image')} scored. There is no decision: ${threshold.reason}`;
  const progress = `Scoring ${images.length + skippedFiles.length} of ${formatCount(files.length, 'image')} by the weights of epoch ${evaluation?.epoch ?? 0}.`;
  const buttons = (
    <>
      <Button
        onClick={() => {
          newImages.close();
          open.images(files);
        }}
      >
        Load as a data set
      </Button>
      <Button
        tone="primary"
        blocked={phase === 'done' && images.length > 0 ? undefined : 'The images are not scored yet.'}
        onClick={() => downloadFile('new-images.csv', newImagesCsv(images, value), 'text/csv')}
      >
        CSV
      </Button>
    </>
  );
  return (
    <PageDialog
      open
      onOpenChange={(isOpen) => !isOpen && newImages.close()}
      className="new-images-dialog"
      title="New images"
      description={phase === 'scoring' ? progress : summary}
      buttons={buttons}
      closeLabel={phase === 'scoring' ? 'Cancel' : 'Close'}
    >
      {error && (
        <p role="alert" className="new-images-error">
          {error.problem} {error.remedy}
        </p>
      )}
      <table className="new-images number">
        <thead>
          <tr>
            <th scope="col">Image and map</th>
            <th scope="col">File</th>
            <th scope="col">Score</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((image) => {
            const decision = decisionOf(image.score, value);
            return (
              <tr key={image.path} data-decision={decision}>
                <td>
                  <ScoredPicture {...{ image, mapSide, upper }} />
                </td>
                <td>
                  <BreakableName name={image.path} />
                </td>
                <td>{image.score.toPrecision(4)}</td>
                <td>
                  <b>{decision ?? '–'}</b>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {images.length > mostRows && (
        <p className="quiet">
          The {mostRows} highest scores of {images.length}. The CSV has all.
        </p>
      )}
      <SkippedFileList skippedFiles={skippedFiles} label={formatCount(skippedFiles.length, 'file')} />
    </PageDialog>
  );
};

export default NewImagesDialog;
