/** A curve in the unit square as an exported figure has it: drawn square, with what the threshold gives beside it. */
import { bodyHeight, bodyWidth } from '../plot/export/figure-size.ts';
import { CurveLines, type CurveLinesProps } from './CurveLines.tsx';
import type { OperatingPoint, Place } from './operating-curve.ts';
import { pixelOf, plotArea } from './plot-area.ts';

interface CurvePaperProps extends Omit<CurveLinesProps, 'area'> {
  /** Where the threshold stands; undefined where there is none. */
  readonly point: OperatingPoint | undefined;
  readonly placeOf: (point: OperatingPoint) => Place;
  /** What is said of the threshold, a line each. */
  readonly words: readonly string[];
}

const area = plotArea({ width: bodyHeight, height: bodyHeight });
const wordsX = area.left + area.width + 28;
const lineHeight = 17;

export const CurvePaper = ({ point, placeOf, words, ...lines }: CurvePaperProps) => {
  const [x, y] = point ? pixelOf(area, placeOf(point)) : [0, 0];
  const wordsY = area.top + 12;
  return (
    <div className="plot plot-paper">
      <svg
        width={bodyWidth}
        height={bodyHeight}
        viewBox={`0 0 ${bodyWidth} ${bodyHeight}`}
        aria-hidden="true"
      >
        <CurveLines area={area} {...lines} />
        {point && (
          <g>
            <circle className="plot-point" cx={x} cy={y} r={5} />
            <circle className="plot-point" cx={wordsX + 5} cy={wordsY - 4} r={5} />
            {words.map((text, index) => (
              <text
                key={text}
                className={index === 0 ? 'plot-words plot-words-first' : 'plot-words'}
                x={wordsX + 18}
                y={wordsY + index * lineHeight}
              >
                {text}
              </text>
            ))}
          </g>
        )}
      </svg>
    </div>
  );
};
