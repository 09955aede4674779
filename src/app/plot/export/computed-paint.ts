/** Computed CSS as SVG attributes that any program reads: plain colors, separate opacity, numbers without units. */

export interface Paint {
  /** `none`, a reference within the document, or `rgb(r,g,b)`. */
  readonly color: string;
  readonly opacity: number;
}

/** A computed `fill` or `stroke` with a separate alpha: only browsers know colors that contain alpha. */
export const paintOf = (computed: string): Paint => {
  const channels = /^rgba?\((.*)\)$/.exec(computed)?.[1]?.match(/[\d.]+(?:e-?\d+)?/g);
  if (channels) {
    const [red, green, blue, alpha = '1'] = channels;
    return { color: `rgb(${red},${green},${blue})`, opacity: Number(alpha) };
  }
  const shares = /^color\(srgb (.*)\)$/.exec(computed)?.[1]?.match(/[\d.]+(?:e-?\d+)?/g);
  if (!shares) return { color: computed, opacity: 1 };
  const [red, green, blue] = shares.slice(0, 3).map((share) => Math.round(255 * Number(share)));
  return { color: `rgb(${red},${green},${blue})`, opacity: Number(shares[3] ?? 1) };
};

/** `1.8px` and `6px, 3px` as attribute values: `1.8` and `6 3`. */
export const withoutUnits = (computed: string): string => computed.replace(/px/g, '').replace(/,\s*/g, ' ');

/** A CSS color, `light-dark()` and custom properties resolved for the light theme, as `rgb(...)`. */
export const colorOnPaper = (color: string): string => {
  const probe = document.createElement('span');
  probe.className = 'on-paper';
  probe.style.color = color;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
};
