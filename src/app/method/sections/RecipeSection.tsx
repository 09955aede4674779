/** Initial weights, curriculum and learning rate, which the paper leaves open. */
import { equations } from '../../ui/equations/equations.ts';
import { Equation } from '../Equation.tsx';
import { Deviation, Finding, MethodSection } from '../MethodSection.tsx';
import { CoherenceChart } from '../recipe/CoherenceChart.tsx';
import { CurriculumFinding } from '../recipe/CurriculumFinding.tsx';
import { StagePictures } from '../recipe/StagePictures.tsx';
import { useLossStages } from '../recipe/use-loss-stages.ts';
import '../recipe/gradient-figure.css';

/** The loss's demands on a reconstruction, early and late, as pictures that are computed when they come into view. */
const GradientFigure = () => {
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

export const RecipeSection = () => (
  <MethodSection id="recipe">
    <p>
      The paper specifies neither the initial weights nor a schedule of the learning rate. It uses the final
      weight w from the first step. WFDL is sensitive to all three.
    </p>
    <h3>Initial weights</h3>
    <p>
      PyTorch’s default draws each filter uniformly within ±1 / √(fan-in). He-normal filters are 2.4 times as
      large. Batch norm follows each convolution, so the size of its filters does not change its output. But
      the size changes how fast they turn: a step of RAdam has about the same length at any size, and turns a
      small filter farther.
    </p>
    <Finding>
      on a PyTorch twin (bottle, 64 px, width 0.25, batch 16, 1400 steps, seed 0, constant rate, no
      curriculum): with He-normal weights the loss stays on a plateau until step 700 and ends at 28.8, AUROC
      of Eq. 9 0.602; with PyTorch’s it ends at 19.0, AUROC 0.845.
    </Finding>
    <h3>Curriculum</h3>
    <p>
      In step t of N the loss uses a power of the weight, rescaled to the mean of w over all frequencies but
      the zero frequency. The exponent s grows to 1 within the share c of the run, so the weight starts as
      nearly uniform:
    </p>
    <Equation name="Weight of a step" of={equations.curriculum} />
    <p>
      The gradient of a spectral loss in the pixels has the length w(u, v) at each frequency, however large
      the error there. So the weight alone decides the share of the low frequencies. With the final weight, it
      is a twentieth of their share in the first step. These pictures show the gradient below and from radius
      8 on, both at the same contrast:
    </p>
    <GradientFigure />
    <p>
      No network is involved here: a stand-in replaces the reconstruction. The chart compares the phases of
      the gradients of 32 good images. With the mean color as the stand-in, the phases agree to the extent
      that the parts are aligned: more at low radii than at high ones. With the mean of other good images as
      the stand-in, only each image’s own differences remain, and the phases are nearly random at all radii.
      So in the pixels, correct low frequencies do not make high ones less random: the gradient of a frequency
      depends only on its own error.
    </p>
    <p>
      In the parameters of the network it is different. With the final weight, the low frequencies start with
      at most 3 % of the gradient; with a curriculum, they start with about half. Their phases are correct
      after 50 steps with a curriculum, and after 200 without. Until then, the gradients of high frequencies
      differ more from batch to batch:
    </p>
    <CurriculumFinding />
    <Deviation>
      the weight at (0, 0) is the DC weight times the largest weight of the step. The loss chart shows the
      loss with the final weight: a curve can then be compared along a run and with other runs.
    </Deviation>
    <h3>Cosine rate</h3>
    <p>After t finished steps the rate is as follows, from η at the start to nearly 0 in the last step:</p>
    <Equation name="Learning rate of a step" of={equations.cosine} />
    <Finding>
      on the same twin with PyTorch’s weights and a curriculum of 0.5: the cosine rate raises the AUROC of Eq.
      9 from 0.919 to 0.944, and lowers that of 1 − SSIM from 0.946 to 0.930. This is one seed.
    </Finding>
  </MethodSection>
);
