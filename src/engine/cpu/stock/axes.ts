/** Describes the axes of tensors by sizes and steps, and joins neighboring axes. Pure. */

/** An axis of a result, and each tensor's step along it, in elements. */
export interface Axis {
  readonly size: number;
  readonly steps: readonly number[];
}

/** Steps along the axes of a tensor without gaps. */
export const denseSteps = (shape: readonly number[]): number[] => {
  const steps = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) steps[axis] = steps[axis + 1]! * shape[axis + 1]!;
  return steps;
};

/** Steps of a broadcast tensor along the axes of the larger shape: 0 where the tensor repeats. */
export const broadcastSteps = (shape: readonly number[], result: readonly number[]): number[] => {
  const own = denseSteps(shape);
  const missing = result.length - shape.length;
  return result.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : own[axis - missing]!));
};

/** Drops axes of size 1, and joins neighbors that are contiguous in every tensor. Returns at least one axis. */
export const joinAxes = (axes: readonly Axis[]): Axis[] => {
  const joined: Axis[] = [];
  for (const axis of axes.filter(({ size }) => size !== 1)) {
    const before = joined.at(-1);
    if (before?.steps.every((step, tensor) => step === axis.steps[tensor]! * axis.size)) {
      joined[joined.length - 1] = { size: before.size * axis.size, steps: axis.steps };
    } else joined.push(axis);
  }
  return joined.length > 0 ? joined : [{ size: 1, steps: (axes[0]?.steps ?? [1, 1]).map(() => 1) }];
};

/**
 * Adds axes of size 1 in front until there are `count` axes, outermost first.
 * @throws RangeError if there are more than `count` already
 */
export const padAxes = (axes: readonly Axis[], count: number): Axis[] => {
  if (axes.length > count) {
    throw new RangeError(`A kernel of ${count} axes got ${axes.length} that do not join.`);
  }
  const none = { size: 1, steps: axes[0]!.steps.map(() => 0) };
  return [...Array.from({ length: count - axes.length }, () => none), ...axes];
};
