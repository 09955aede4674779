/** The page Spectrum, with the image walk of the figures and the epoch slider of the bench. */
import { EpochScrubber } from '../bench/EpochScrubber.tsx';
import { ImageWalk } from '../figures/ImageWalk.tsx';
import { Spectrum } from '../spectrum/Spectrum.tsx';
import './figures.css';

export const SpectrumPage = () => <Spectrum walk={<ImageWalk />} scrubber={<EpochScrubber />} />;
