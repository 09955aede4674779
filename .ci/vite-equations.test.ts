import { describe, expect, it } from 'vitest';
import { renderEquations } from './vite-equations.ts';

describe('renderEquations', () => {
  it('replaces LaTeX by the inside of a math element', () => {
    expect(renderEquations('const half = tex`\\frac{1}{2}`;')).toBe(
      'const half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";',
    );
  });

  it('knows the symbols of the page', () => {
    expect(renderEquations('tex`\\weight = \\radius`')).toBe(
      renderEquations('tex`w(u, v) = \\sqrt{u^2 + v^2}`'),
    );
  });

  it('removes styles and classes, and leaves accents at full size', () => {
    const hat = renderEquations('tex`e^{\\hat{f}}`');
    expect(hat).not.toMatch(/style|class/);
    expect(hat).toContain(JSON.stringify('<mover accent="true">').slice(1, -1));
  });

  it('preserves line numbers', () => {
    expect(renderEquations('tex`a\n + b`;\nnext').split('\n')[2]).toBe('next');
  });

  it('rejects unknown commands, open braces and values', () => {
    expect(() => renderEquations('tex`\\unknown`')).toThrow('\\unknown');
    expect(() => renderEquations('tex`\\frac{1}{2`')).toThrow("expected '}'");
    expect(() => renderEquations(['tex`$', '{name}`'].join(''))).toThrow('without values');
  });
});
