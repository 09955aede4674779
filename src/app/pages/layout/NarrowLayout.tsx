/** Below 1121 pixels: one section at a time under tabs, and a strip with the main numbers that stays in view. */
import { Tabs } from 'radix-ui';
import { Activity, type ReactNode, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useApp } from '../../shared/store-context.ts';
import { Hint } from '../../ui/Hint.tsx';
import { type NarrowTab, narrowTabs, offsetAfterChange, tabHints, tabLabels } from './narrow-tabs.ts';
import { StripFigures } from './StripFigures.tsx';
import { useStickyHeader } from './use-sticky-header.ts';
import './narrow-layout.css';

/** Without room for the settings beside another section. */
const small = matchMedia('(max-width: 720px)');

const subscribe = (listener: () => void): (() => void) => {
  small.addEventListener('change', listener);
  return () => small.removeEventListener('change', listener);
};

interface NarrowLayoutProps {
  readonly settings: ReactNode;
  readonly bench: ReactNode;
  readonly gallery: ReactNode;
  readonly results: ReactNode;
}

export const NarrowLayout = ({ settings, bench, gallery, results }: NarrowLayoutProps) => {
  const isSmall = useSyncExternalStore(subscribe, () => small.matches);
  const [chosen, setChosen] = useState<NarrowTab>('images');
  const root = useRef<HTMLElement>(null);
  const offsets = useRef<Partial<Record<NarrowTab, number>>>({});
  useStickyHeader();
  const tabs = narrowTabs(isSmall);
  // A larger window shows two of the sections together.
  const tab = tabs.includes(chosen) ? chosen : 'images';
  const change = (next: NarrowTab): void => {
    if (next === tab) return;
    offsets.current[tab] = window.scrollY;
    setChosen(next);
  };
  const shown = useRef(tab);
  useLayoutEffect(() => {
    if (shown.current === tab) return;
    shown.current = tab;
    const top = root.current?.getBoundingClientRect().top ?? 0;
    const { documentElement } = document;
    const stuck = Number.parseFloat(documentElement.style.getPropertyValue('--header-stuck')) || 0;
    window.scrollTo({
      top: offsetAfterChange(window.scrollY, window.scrollY + top - stuck, offsets.current[tab]),
      behavior: 'instant',
    });
  }, [tab]);
  // A lecture covers the page, and shows panels of every section.
  const lecture = useApp((state) => state.lecture.running);
  const topBeforeLecture = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (lecture) topBeforeLecture.current = window.scrollY;
    else if (topBeforeLecture.current !== undefined)
      window.scrollTo({ top: topBeforeLecture.current, behavior: 'instant' });
  }, [lecture]);
  const panel = (name: NarrowTab, content: ReactNode) => {
    const isShown = tab === name || lecture;
    return (
      <Tabs.Content className="narrow-panel" value={name} forceMount hidden={!isShown} tabIndex={-1}>
        {/* A chart without room would warn, and its drawing would be lost. */}
        <Activity mode={isShown ? 'visible' : 'hidden'}>{content}</Activity>
      </Tabs.Content>
    );
  };
  const images = (
    <div className="center">
      {bench}
      {!isSmall && gallery}
    </div>
  );
  return (
    <Tabs.Root asChild value={tab} onValueChange={(next) => change(next as NarrowTab)}>
      <main className="narrow" data-small={isSmall} ref={root}>
        <div className="narrow-strip">
          <StripFigures />
          <Tabs.List className="narrow-tabs" aria-label="Sections">
            {tabs.map((name) => (
              <Hint key={name} text={tabHints[name]} side="bottom">
                {/* The hint prevents the default of a focus, which would choose the tab. */}
                <Tabs.Trigger value={name} onFocus={() => change(name)}>
                  {tabLabels[name]}
                </Tabs.Trigger>
              </Hint>
            ))}
          </Tabs.List>
        </div>
        {isSmall ? panel('settings', settings) : settings}
        {panel('images', images)}
        {isSmall && (
          // A tap on an image shows it; the keys of the gallery choose without leaving it.
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on an image clicks it too.
          // biome-ignore lint/a11y/noStaticElementInteractions: the images inside are the controls.
          <div
            onClick={({ target }) => {
              if (target instanceof Element && target.closest('.gallery-button')) change('images');
            }}
          >
            {panel('gallery', <div className="center">{gallery}</div>)}
          </div>
        )}
        {panel('results', results)}
      </main>
    </Tabs.Root>
  );
};
