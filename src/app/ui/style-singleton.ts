/**
 * Takes the place of the package react-style-singleton, through which radix's dialogs stop the page behind them from scrolling
 * (`vite.config.ts`). That package adds style elements, which the content security policy forbids; it allows this.
 */
import { useEffect } from 'react';

interface SheetProps {
  readonly styles: string;
}

/** Returns a component that adds its styles to the page. Of several that are mounted, the first one's count. */
export const styleSingleton = () => {
  let mounted = 0;
  let sheet: CSSStyleSheet | undefined;
  const Sheet = ({ styles }: SheetProps): null => {
    useEffect(() => {
      if (mounted === 0) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(styles);
        document.adoptedStyleSheets.push(sheet);
      }
      mounted++;
      return () => {
        mounted--;
        if (mounted > 0) return;
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      };
    }, [styles]);
    return null;
  };
  return Sheet;
};
