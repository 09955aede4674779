/** What the paper proposes, in short. */
import { MethodSection } from '../MethodSection.tsx';

export const IdeaSection = () => (
  <MethodSection id="idea">
    <p className="method-lead">
      An autoencoder that has only seen good parts reconstructs a defective one as if it were good. What is
      left, the residual, shows the defect, unless the reconstruction is blurred: then every edge and every
      texture is left over too.
    </p>
    <p>
      <cite>Anomaly Detection By Autoencoder Based On Weighted Frequency Domain Loss</cite> (Nakanishi, Sato,
      Terada) trains the same autoencoder with a loss on spectra instead of pixels and weighs high frequencies
      more, so that edges and textures come out sharp and only the defect is left. Each equation of the paper
      stands below beside the controls that it governs; they are the controls of the bench, and what is
      changed here is changed there.
    </p>
  </MethodSection>
);
