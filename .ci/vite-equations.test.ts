import { describe, expect, it } from 'vitest';
import { renderEquations } from './vite-equations.ts';

describe('renderEquations', () => {
  it('puts the inside of a math element in the place of LaTeX', () => {
    expect(renderEquations('const half = tex`\\frac{1}{2}`;')).toBe(
      'const half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";',
    );
  });

  it('knows the symbols of the page', () => {
    expect(renderEquations('tex`\\weight = \\radius`')).toBe(
      renderEquations('tex`w(u, v) = \\sqrt{u^2 + v^2}`'),
    );
  });

  it('leaves no style or class, and accents at full size', () => {
    const hat = renderEquations('tex`e^{\\hat{f}}`');
    expect(hat).not.toMatch(/style|class/);
    expect(hat).toContain(JSON.stringify('<mover accent="true">').slice(1, -1));
  });

  it('keeps the numbers of lines', () => {
    expect(renderEquations('tex`a\n + b`;\nnext').split('\n')[2]).toBe('next');
  });

  it('refuses unknown commands, open braces and values', () => {
    expect(() => renderEquations('tex`\\unknown`')).toThrow('\\unknown');
    expect(() => renderEquations('tex`\\frac{1}{2`')).toThrow("expected '}'");
    expect(() => renderEquations(['tex`$', '{name}`'].join(''))).toThrow('without values');
  });
});
