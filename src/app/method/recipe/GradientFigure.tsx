/** What the loss asks of a reconstruction early and later, by images that are drawn when the figure is reached. */
import { CoherenceChart } from './CoherenceChart.tsx';
import { StagePictures } from './StagePictures.tsx';
import { useLossStages } from './use-loss-stages.ts';
import './gradient-figure.css';

export const GradientFigure = () => {
  const { place, state } = useLossStages<HTMLDivElement>();
  return (
    <div className="gradient-figure" data-testid="gradient-figure" data-phase={state.phase} ref={place}>
      {state.phase === 'ready' ? (
        <>
          <StagePictures stages={state.stages} />
          <CoherenceChart stages={state.stages} />
        </>
      ) : (
        <p className="settings-note" role="status">
          {state.phase === 'failed' ? state.problem : 'Drawing images of the sample category'}
        </p>
      )}
    </div>
  );
};
