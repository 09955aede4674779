/** A drawn SVG as self-contained markup: computed styles become attributes, classes and variables go. */

import { paintOf, withoutUnits } from './computed-paint.ts';
import { escapeXml } from './figure.ts';

const shapes = new Set(['path', 'line', 'rect', 'circle', 'ellipse', 'polyline', 'polygon', 'text', 'tspan']);
const containers = new Set(['g', 'defs', 'clipPath', 'image', 'linearGradient', 'stop']);

const box = ['x', 'y', 'width', 'height'];

/** The attributes of geometry. recharts leaves attributes on its elements that SVG does not know. */
const geometry: Readonly<Record<string, readonly string[]>> = {
  path: ['d'],
  line: ['x1', 'y1', 'x2', 'y2'],
  rect: [...box, 'rx', 'ry'],
  circle: ['cx', 'cy', 'r'],
  ellipse: ['cx', 'cy', 'rx', 'ry'],
  polyline: ['points'],
  polygon: ['points'],
  text: ['x', 'y', 'dx', 'dy'],
  tspan: ['x', 'y', 'dx', 'dy'],
  image: [...box, 'href', 'preserveAspectRatio'],
  linearGradient: ['x1', 'y1', 'x2', 'y2'],
  stop: ['offset', 'stop-color'],
};
const ofAll = ['id', 'transform', 'clip-path'];

/** Elements that recharts shows for a moment only. */
const passing = ['recharts-tooltip-cursor', 'recharts-active-dot', 'recharts-active-dots'];

const attribute = (name: string, value: string): string => ` ${name}="${escapeXml(value)}"`;

const paintAttributes = (name: 'fill' | 'stroke', computed: string, opacity: number): string => {
  const paint = paintOf(computed);
  const whole = paint.opacity * opacity;
  return (
    attribute(name, paint.color) +
    (whole === 1 || paint.color === 'none' ? '' : attribute(`${name}-opacity`, String(whole)))
  );
};

const lookOf = (tag: string, style: CSSStyleDeclaration): string => {
  let look = paintAttributes('fill', style.fill, Number(style.fillOpacity));
  if (style.stroke !== 'none' && withoutUnits(style.strokeWidth) !== '0') {
    look += paintAttributes('stroke', style.stroke, Number(style.strokeOpacity));
    look += attribute('stroke-width', withoutUnits(style.strokeWidth));
    if (style.strokeDasharray !== 'none') {
      const dashes = withoutUnits(style.strokeDasharray);
      if (!/^0( 0)*$/.test(dashes)) look += attribute('stroke-dasharray', dashes);
    }
    if (style.strokeLinecap !== 'butt') look += attribute('stroke-linecap', style.strokeLinecap);
    if (style.strokeLinejoin !== 'miter') look += attribute('stroke-linejoin', style.strokeLinejoin);
  }
  if (tag === 'text') {
    look += attribute('font-size', withoutUnits(style.fontSize));
    if (style.fontWeight !== '400') look += attribute('font-weight', style.fontWeight);
    if (style.textAnchor !== 'start') look += attribute('text-anchor', style.textAnchor);
  }
  return look;
};

/** Columns of an embedded picture: about those of the figure's PNG. */
const leastColumns = 1200;

/** The canvas of a foreign object as an embedded picture, enlarged: readers of the file may blur the borders of pixels. */
const embedded = (element: Element): string => {
  const canvas = element.querySelector('canvas');
  const enlarged = document.createElement('canvas');
  if (!canvas) return '';
  enlarged.width = canvas.width * Math.ceil(leastColumns / canvas.width);
  enlarged.height = canvas.height;
  const context = enlarged.getContext('2d');
  if (!context) return '';
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, enlarged.width, enlarged.height);
  const place = box.map((name) => attribute(name, element.getAttribute(name) ?? '0')).join('');
  return `<image${place} preserveAspectRatio="none"${attribute('href', enlarged.toDataURL('image/png'))}/>`;
};

const write = (element: Element): string => {
  const tag = element.tagName;
  if (tag === 'foreignObject') return embedded(element);
  if (!shapes.has(tag) && !containers.has(tag)) return '';
  if (passing.some((name) => element.classList.contains(name))) return '';
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden') return '';
  const place = [...ofAll, ...(geometry[tag] ?? [])].map((name) => {
    const value = element.getAttribute(name);
    // References stay within this document or within the attribute itself.
    if (value === null || (name === 'href' && !value.startsWith('data:'))) return '';
    return attribute(name, value.replace(/url\(["']?[^#)]*#([^"')]*)["']?\)/g, 'url(#$1)'));
  });
  const opacity = style.opacity === '1' ? '' : attribute('opacity', style.opacity);
  const look = shapes.has(tag) ? lookOf(tag, style) : '';
  const inner = Array.from(element.childNodes, (node) => {
    if (node instanceof Element) return write(node);
    return node.nodeType === Node.TEXT_NODE ? escapeXml(node.textContent ?? '') : '';
  }).join('');
  if (inner === '' && ['g', 'text', 'tspan', 'defs'].includes(tag)) return '';
  return inner === ''
    ? `<${tag}${place.join('')}${opacity}${look}/>`
    : `<${tag}${place.join('')}${opacity}${look}>${inner}</${tag}>`;
};

/** The children of an SVG in the page, with their current looks. */
export const svgBody = (svg: SVGSVGElement): string => Array.from(svg.children, write).join('');
