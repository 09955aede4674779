/**
 * Moves a mounted panel or chart to another place of the document, large: its state, crosshair and zoom stay. A place is an
 * element; the panel renders into it through a portal while the place exists.
 */
import { useEffect, useId } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** A panel or chart that is mounted now. */
export interface Staged {
  /** Unique among the mounted ones. */
  readonly id: string;
  /** The same after a reload, so links can have it. Panels of several rows may share one. */
  readonly name: string;
  readonly title: string;
}

interface StageState {
  /** In the order of mounting. */
  readonly mounted: readonly Staged[];
  /** The places by the id of their panel. */
  readonly places: Readonly<Record<string, HTMLElement>>;
  /** The panel that is shown large in a dialog. */
  readonly enlarged: string | undefined;
}

export const stage = createStore<StageState>()(() => ({ mounted: [], places: {}, enlarged: undefined }));

const omit = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([own]) => own !== key));

/** Gives a panel its place; null takes the place away. */
export const setPlace = (id: string, place: HTMLElement | null): void =>
  stage.setState(({ places }) => ({ places: place ? { ...places, [id]: place } : omit(places, id) }));

export const enlarge = (id: string | undefined): void => stage.setState({ enlarged: id });

/** The first mounted panel of this name. */
export const stagedByName = (mounted: readonly Staged[], name: string): Staged | undefined =>
  mounted.find((panel) => panel.name === name);

/** `Image AUROC` as `image-auroc`: the name of a chart. */
export const stageName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Registers a panel while it is mounted. Returns its id, and its place if it has one. */
export const useStaged = (
  name: string,
  title: string,
): { readonly id: string; readonly place: HTMLElement | undefined } => {
  const id = useId();
  useEffect(() => {
    stage.setState(({ mounted }) => ({
      mounted: [...mounted.filter((panel) => panel.id !== id), { id, name, title }],
    }));
    return () =>
      stage.setState(({ mounted, enlarged }) => ({
        mounted: mounted.filter((panel) => panel.id !== id),
        enlarged: enlarged === id ? undefined : enlarged,
      }));
  }, [id, name, title]);
  return { id, place: useStore(stage, ({ places }) => places[id]) };
};
