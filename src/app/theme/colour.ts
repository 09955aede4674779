/** Colours of the tokens as numbers: contrast, colour vision, and how far two are apart. For tests of the theme. */

/** Linear red, green and blue, 0 to 1. */
export type LinearRgb = readonly [number, number, number];

/** CIELAB: lightness 0 to 100, and the two opponent axes. */
export type Lab = readonly [number, number, number];

const toLinear = (encoded: number): number =>
  encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;

/** @param hex `#rrggbb` */
export const linearRgb = (hex: string): LinearRgb => {
  const channel = (start: number): number => toLinear(Number.parseInt(hex.slice(start, start + 2), 16) / 255);
  return [channel(1), channel(3), channel(5)];
};

const luminance = ([red, green, blue]: LinearRgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Contrast ratio of WCAG 2.2, 1 to 21. */
export const contrast = (first: string, second: string): number => {
  const [a, b] = [luminance(linearRgb(first)), luminance(linearRgb(second))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

type Matrix = readonly [LinearRgb, LinearRgb, LinearRgb];

const apply = (matrix: Matrix, [red, green, blue]: LinearRgb): LinearRgb => {
  const row = ([r, g, b]: LinearRgb): number => r * red + g * green + b * blue;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

/**
 * What eyes without one kind of cone see, as a matrix of linear RGB: severity 1.0 of Machado, Oliveira and Fernandes,
 * "A physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (2009), table 1.
 */
export const colourVision = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const satisfies Record<string, Matrix>;

export type ColourVision = keyof typeof colourVision;

/** A colour as such eyes see it. */
export const seenBy = (vision: ColourVision, hex: string): LinearRgb => {
  const [red, green, blue] = apply(colourVision[vision], linearRgb(hex));
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return [clamp(red), clamp(green), clamp(blue)];
};

const sRgbToXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];

/** CIELAB of linear sRGB under its white, D65. */
export const lab = (colour: LinearRgb): Lab => {
  const f = (share: number): number =>
    share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
  const [X, Y, Z] = apply(sRgbToXyz, colour);
  const [x, y, z] = [f(X / 0.95047), f(Y), f(Z / 1.08883)];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

/** Size of a mark of a chart, a short piece of a thin line, in degrees of the visual field. */
const markDegrees = 1 / 3;

/**
 * What half of all viewers notice along each axis of CIELAB, for marks of a size: Stone, Szafir and Setlur, "An
 * engineering model for color difference as a function of size", Color and Imaging Conference 2014.
 */
const noticeable = [
  5.079 + 0.751 / markDegrees,
  5.339 + 1.541 / markDegrees,
  5.349 + 2.871 / markDegrees,
] as const;

/** Distance in units of what half of all viewers notice; the model is linear in the share of viewers. */
export const noticeableDistance = (first: Lab, second: Lab): number =>
  Math.hypot(
    (first[0] - second[0]) / noticeable[0],
    (first[1] - second[1]) / noticeable[1],
    (first[2] - second[2]) / noticeable[2],
  );
