/** Locates a pixel among the features of the part's face. */
import { type PartScene, radii } from './part-scene.ts';

/** The four features, a quarter turn apart. */
export type Feature = 'vents' | 'screws' | 'label' | 'holes';

/** A point in the frame of its feature, in pixels. */
export interface FeaturePlace {
  readonly feature: Feature;
  /** Distance from the feature's center along the rim. */
  readonly along: number;
  /** Distance from the feature's center outward. */
  readonly outwards: number;
}

/** The part's own frame. */
const partFrame = (scene: PartScene, x: number, y: number): readonly [number, number] => {
  const offsetX = x - scene.centerX;
  const offsetY = y - scene.centerY;
  return [
    offsetX * scene.turnCosine + offsetY * scene.turnSine,
    offsetY * scene.turnCosine - offsetX * scene.turnSine,
  ];
};

/** The place of the pixel (x, y) in the nearest of the four features. */
export const featurePlace = (scene: PartScene, x: number, y: number): FeaturePlace => {
  const [partX, partY] = partFrame(scene, x, y);
  if (Math.abs(partX) >= Math.abs(partY))
    return partX > 0
      ? { feature: 'vents', along: partY, outwards: partX - radii.features }
      : { feature: 'label', along: -partY, outwards: -partX - radii.features };
  return partY > 0
    ? { feature: 'screws', along: -partX, outwards: partY - radii.features }
    : { feature: 'holes', along: partX, outwards: -partY - radii.features };
};

const quarterTurns: Readonly<Record<Feature, readonly [cosine: number, sine: number]>> = {
  vents: [1, 0],
  screws: [0, 1],
  label: [-1, 0],
  holes: [0, -1],
};

/** Converts a direction from the camera's frame to that of a feature: [along, outwards]. */
export const turnToFeature = (
  scene: PartScene,
  feature: Feature,
  x: number,
  y: number,
): readonly [number, number] => {
  const [cosine, sine] = quarterTurns[feature];
  const outwardsX = cosine * scene.turnCosine - sine * scene.turnSine;
  const outwardsY = cosine * scene.turnSine + sine * scene.turnCosine;
  return [y * outwardsX - x * outwardsY, x * outwardsX + y * outwardsY];
};
