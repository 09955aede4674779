/** Switches between the system's theme, light and dark. */
import type { Theme } from '#store/view/state.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';

const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const names: Readonly<Record<Theme, string>> = { system: 'system', light: 'light', dark: 'dark' };

const paths: Readonly<Record<Theme, string>> = {
  system: 'M7 1.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11z',
  light:
    'M7 4.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6zM7 .5v1.7M7 11.8v1.7M.5 7h1.7M11.8 7h1.7M2.4 2.4l1.2 1.2M10.4 10.4l1.2 1.2M2.4 11.6l1.2-1.2M10.4 3.6l1.2-1.2',
  dark: 'M11.8 8.6A5.2 5.2 0 015.4 2.2a5.2 5.2 0 106.4 6.4z',
};

export const ThemeSwitch = () => {
  const theme = useApp((state) => state.view.theme);
  const { view } = useActions();
  return (
    <Button
      className="theme-switch"
      hint={`Theme: ${names[theme]}. Click for ${names[next[theme]]}.`}
      aria-label={`Theme: ${names[theme]}`}
      onClick={() => view.set({ theme: next[theme] })}
    >
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <path
          d={paths[theme]}
          fill={theme === 'dark' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.2"
          strokeLinecap="round"
        />
        {theme === 'system' && <path d="M7 1.5a5.5 5.5 0 010 11z" fill="currentColor" />}
      </svg>
    </Button>
  );
};
