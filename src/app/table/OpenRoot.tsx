/** What to do first: give the page several categories. */
import { useActions } from '../shared/store-context.ts';
import { FolderButton } from '../ui/FolderButton.tsx';

export const OpenRoot = () => {
  const { table } = useActions();
  return (
    <section className="table-empty" aria-labelledby="table-empty-title">
      <h2 id="table-empty-title">Run the paper’s Table II on this machine</h2>
      <p>
        Drop a data set root such as <b>mvtec_anomaly_detection</b> anywhere on this page. Each category is
        trained with each loss and seed that you choose, one run after the other, and the image AUROC stands
        beside the paper’s.
      </p>
      <FolderButton
        tone="primary"
        label="Data set root"
        hint="A folder that holds category folders, or a single one. Nothing is uploaded."
        testId="root-input"
        onFiles={(files) => table.offerFiles(files)}
      >
        Open data set root
      </FolderButton>
      <p className="quiet">
        The queue can be paused, and goes on after a reload. Images never leave this machine.
      </p>
    </section>
  );
};
