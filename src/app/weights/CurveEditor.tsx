/** Draws the radial weight: control points over the radius, a smooth curve through them. */
import { type MouseEvent, useRef } from 'react';
import { monotoneCurve } from '#core/frequency-weight/monotone-curve.ts';
import type { CurvePoint } from '#core/frequency-weight/weight-curve.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { CurveHandle } from './CurveHandle.tsx';
import { CurvePlot } from './CurvePlot.tsx';
import { addPoint, curvePresets, curveTop, movePoint, removePoint, widestGap } from './curve-edits.ts';
import { useCurve } from './use-curve.ts';
import './curve-editor.css';

const hint =
  'Drag a point, or focus it and use the arrow keys (with Shift in bigger steps). Double click adds a point, Delete removes the focused one. Only ratios count: w is rescaled to the mean of the radial weight (dashed).';

export const CurveEditor = () => {
  const { points, locked, change, start, reset, undo } = useCurve();
  const plot = useRef<HTMLFieldSetElement>(null);
  const top = curveTop(points);

  const focus = (index: number): void => {
    // The handle of a point that was just added is there after the next drawing.
    requestAnimationFrame(() =>
      plot.current?.querySelectorAll<HTMLElement>('.curve-handle').item(index)?.focus(),
    );
  };
  const add = (point: CurvePoint): void => {
    const next = addPoint(points, point);
    if (next === points) return;
    change(next);
    focus(next.findIndex((candidate) => !points.includes(candidate)));
  };
  const remove = (index: number): void => {
    const next = removePoint(points, index);
    if (next === points) return;
    change(next);
    focus(Math.min(index, next.length - 1));
  };
  const onDoubleClick = ({ currentTarget, clientX, clientY }: MouseEvent): void => {
    if (locked) return;
    const { left, top: above, width, height } = currentTarget.getBoundingClientRect();
    add({ radius: (clientX - left) / width, value: top * (1 - (clientY - above) / height) });
  };
  const addInGap = (): void => {
    const radius = widestGap(points);
    add({ radius, value: monotoneCurve(points)(radius) });
  };

  return (
    <div className="curve-editor number" data-testid="curve-editor">
      <div className="curve-frame">
        <span className="curve-axis-top">{top.toFixed(top < 10 ? 1 : 0)}</span>
        <span className="curve-axis-bottom">0</span>
        <Hint text={hint}>
          <fieldset
            ref={plot}
            className="curve-square"
            aria-label="Weight over the radius"
            disabled={locked}
            onDoubleClick={onDoubleClick}
          >
            <CurvePlot points={points} top={top} />
            {[...points.keys()].map((index) => (
              <CurveHandle
                key={index}
                point={points[index]}
                number={index + 1}
                count={points.length}
                top={top}
                disabled={locked}
                onMove={(point, same) => change(movePoint(points, index, point), same)}
                onRemove={() => remove(index)}
              />
            ))}
          </fieldset>
        </Hint>
        <span className="curve-axis-start">0</span>
        <span className="curve-axis-name">radius, share of the largest</span>
        <span className="curve-axis-end">1</span>
      </div>
      <div className="curve-buttons">
        <Button tone="bare" title="In the widest gap" disabled={locked} onClick={addInGap}>
          Add point
        </Button>
        <Button tone="bare" title="Takes the last change back" disabled={!undo} onClick={undo}>
          Undo
        </Button>
        <Button tone="bare" title="Back to the curve of the presets" disabled={locked} onClick={reset}>
          Reset
        </Button>
        <select
          aria-label="Start from a curve"
          title="Curves to start from"
          value=""
          disabled={locked}
          onChange={({ currentTarget }) => {
            const name = Object.keys(curvePresets)[currentTarget.selectedIndex - 1];
            if (name) start(curvePresets[name as keyof typeof curvePresets]);
          }}
        >
          <option value="">Presets</option>
          {Object.keys(curvePresets).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
};
