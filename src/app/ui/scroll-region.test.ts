import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const app = join(import.meta.dirname, '..');

describe('scrolling', () => {
  it('is declared in one style sheet, whose regions the keyboard can reach', () => {
    const scrolling = readdirSync(app, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.css'))
      .flatMap((path) => {
        const rules = readFileSync(join(app, path), 'utf8').match(
          /overflow(-[a-z]+)?:[^;]*\b(auto|scroll)\b/g,
        );
        return rules ? [path] : [];
      });
    expect(scrolling).toEqual(['ui/scroll-region.css']);
  });
});
