/** Pictures that follow the explorer's settings, computed at most once per frame, outside of rendering. */
import { useEffect, useState } from 'react';
import { explorer } from './explorer-state.ts';

/**
 * Returns the latest picture of a source. Several changes before a frame are painted once.
 * @param source the same value between renders while it is unchanged
 * @param prepare called once per source; the same function at each call
 * @param paint called for each frame with a change; the same function at each call
 * @param before the value until the first frame
 */
export const usePainted = <Source, Prepared, Painted>(
  source: Source,
  prepare: (source: Source) => Prepared,
  paint: (prepared: Prepared) => Painted,
  before: Painted,
): Painted => {
  const [painted, setPainted] = useState(before);
  useEffect(() => {
    let prepared: { readonly value: Prepared } | undefined;
    let frame: number | undefined;
    const draw = (): void => {
      frame = undefined;
      prepared ??= { value: prepare(source) };
      const picture = paint(prepared.value);
      setPainted(() => picture);
    };
    const request = (): void => {
      frame ??= requestAnimationFrame(draw);
    };
    request();
    const end = explorer.subscribe(request);
    return () => {
      end();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [source, prepare, paint]);
  return painted;
};
