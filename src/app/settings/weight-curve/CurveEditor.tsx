/** The editor of the drawn weight: control points over the radius, with a smooth curve through them. */
import { type MouseEvent, useMemo, useRef } from 'react';
import { type CurvePoint, monotoneCurve } from '#core/frequency-weight/monotone-curve.ts';
import { weightHints } from '../../shared/hints/setting-hints.ts';
import { Button } from '../../ui/Button.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { Select } from '../../ui/Select.tsx';
import { SettingRefusal } from '../SelectSetting.tsx';
import { CurveHandle } from './CurveHandle.tsx';
import {
  addPoint,
  curvePresets,
  curveTop,
  movePoint,
  type Points,
  removePoint,
  widestGap,
} from './curve-edits.ts';
import { useCurve } from './use-curve.ts';
import './curve-editor.css';

const samples = 128;

/** The cubic as a path from the left to the right edge; the axis runs from 0 at the bottom to `top`. */
const pathOf = (points: Points, top: number): string => {
  const curve = monotoneCurve(points);
  return Array.from({ length: samples + 1 }, (_, i) => {
    const radius = i / samples;
    return `${i === 0 ? 'M' : 'L'}${radius.toFixed(4)} ${(1 - curve(radius) / top).toFixed(4)}`;
  }).join('');
};

/** The curve over the radius in a unit square, stretched to its place with unscaled line widths. */
const CurvePlot = ({ points, top }: { readonly points: Points; readonly top: number }) => {
  const path = useMemo(() => pathOf(points, top), [points, top]);
  return (
    <svg className="curve-plot" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <path className="curve-grid" d="M0 0H1M0 .25H1M0 .5H1M0 .75H1M.25 0V1M.5 0V1M.75 0V1" />
      <path className="curve-reference" d="M0 1L1 0" />
      <path className="curve-area" d={`${path}L1 1L0 1Z`} />
      <path className="curve-line" d={path} />
    </svg>
  );
};

const hint =
  'Drag a point, or focus it and use the arrow keys (Shift: bigger steps). Double-click to add a point; Delete removes the focused one. Only ratios count: w is rescaled to the mean of the radial weight (dashed).';

type CurveName = keyof typeof curvePresets;

const curveChoices: readonly { readonly value: CurveName | ''; readonly label: string }[] = [
  { value: '', label: 'Presets' },
  ...(Object.keys(curvePresets) as CurveName[]).map((value) => ({ value, label: value })),
];

export const CurveEditor = () => {
  const { points, blocked, refusal, change, start, reset, undo } = useCurve();
  const plot = useRef<HTMLFieldSetElement>(null);
  const top = curveTop(points);

  const focus = (index: number): void => {
    // The handle of a new point exists after the next rendering.
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
    if (blocked !== undefined) return;
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
        <Hint text={hint} equation={weightHints.curve.equation} blocked={blocked}>
          <fieldset
            ref={plot}
            className="curve-square"
            aria-label="Weight over the radius"
            aria-disabled={blocked !== undefined || undefined}
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
                disabled={blocked !== undefined}
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
      <SettingRefusal refusal={refusal} />
      <div className="curve-buttons">
        <Button
          tone="bare"
          hint="Adds a point on the curve, in the widest gap."
          blocked={blocked}
          onClick={addInGap}
        >
          Add point
        </Button>
        <Button
          tone="bare"
          hint="Undoes the last change of the curve."
          blocked={blocked ?? (undo ? undefined : 'There is nothing to undo.')}
          onClick={undo}
        >
          Undo
        </Button>
        <Button tone="bare" hint="Restores the curve of the presets." blocked={blocked} onClick={reset}>
          Reset
        </Button>
        <Hint text="Replaces the curve with a preset." blocked={blocked} side="bottom">
          <Select
            aria-label="Start from a curve"
            value=""
            options={curveChoices}
            blocked={blocked !== undefined}
            onChange={(name) => {
              if (name !== '') start(curvePresets[name]);
            }}
          />
        </Hint>
      </div>
    </div>
  );
};
