/** Colors as color-blind people see them, and how many viewers can distinguish two. For the tests of the theme. */
import {
  converter,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  type Lrgb,
  type Rgb,
} from 'culori';

const toLinear = converter('lrgb');
const toLab = converter('lab65');

/**
 * culori has the matrices of Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
 * deficiency" (IEEE TVCG 15, 2009), but applies them to encoded sRGB. They are for linear light, as in colorspacious and
 * color-science, so this passes linear values as if they were encoded.
 */
const ofLinear =
  (filter: (color: Rgb) => Rgb) =>
  (color: Lrgb): Lrgb => {
    const clamp = (value: number): number => Math.min(1, Math.max(0, value));
    const { r, g, b } = filter({ ...color, mode: 'rgb' });
    return { mode: 'lrgb', r: clamp(r), g: clamp(g), b: clamp(b) };
  };

/** Normal vision, or vision without the cones for long, middle or short wavelengths. */
const colorVision = {
  usual: (color: Lrgb): Lrgb => color,
  protanopia: ofLinear(filterDeficiencyProt(1)),
  deuteranopia: ofLinear(filterDeficiencyDeuter(1)),
  tritanopia: ofLinear(filterDeficiencyTrit(1)),
};

export type ColorVision = keyof typeof colorVision;

export const colorVisions = Object.keys(colorVision) as ColorVision[];

/** Linear red, green and blue, 0 to 1, of a color in this vision. */
export const seenBy = (vision: ColorVision, hex: string): Lrgb => {
  const color = toLinear(hex);
  if (color === undefined) throw new Error(`${hex} is not a color.`);
  return colorVision[vision](color);
};

/** CIELAB lightness, 0 to 100, of a color in this vision. */
export const lightness = (vision: ColorVision, hex: string): number => toLab(seenBy(vision, hex)).l;

/** Size of a chart's mark, a short piece of a thin line, in degrees of the visual field. */
const markDegrees = 1 / 3;

/**
 * Along each axis of CIELAB, a fraction p of viewers notices a difference of p (A + B / size), for sizes from 1/3 to 6 degrees:
 * Stone, Szafir and Setlur, "An engineering model for color difference as a function of size", Color and Imaging
 * Conference 2014; A and B as in d3-jnd.
 */
const noticedByAll = {
  l: 10.16 + 1.5 / markDegrees,
  a: 10.68 + 3.08 / markDegrees,
  b: 10.7 + 5.74 / markDegrees,
};

/** Fraction of viewers with this vision who can distinguish marks of the two colors; the model is linear, so it can exceed 1. */
export const shareOfViewers = (vision: ColorVision, first: string, second: string): number => {
  const [one, other] = [toLab(seenBy(vision, first)), toLab(seenBy(vision, second))];
  return Math.hypot(
    (one.l - other.l) / noticedByAll.l,
    (one.a - other.a) / noticedByAll.a,
    (one.b - other.b) / noticedByAll.b,
  );
};
