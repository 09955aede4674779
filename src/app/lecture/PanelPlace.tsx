/** A large place for one panel or chart, which moves here from the page. Crosshair and zoom are those of the page. */
import { useCallback } from 'react';
import { useCrosshairLines } from '../image/use-crosshair-lines.ts';
import { useLinkedZoom } from '../image/use-linked-zoom.ts';
import { setPlace } from '../ui/stage.ts';
import './panel-place.css';

interface PanelPlaceProps {
  /** Of the panel on the stage. */
  readonly id: string;
  readonly title: string;
}

export const PanelPlace = ({ id, title }: PanelPlaceProps) => {
  const panels = useCrosshairLines();
  useLinkedZoom(panels);
  const place = useCallback(
    (element: HTMLElement | null) => {
      setPlace(id, element);
      return () => setPlace(id, null);
    },
    [id],
  );
  return (
    <div className="panels panel-place" ref={panels}>
      <div className="panel-place-content" ref={place}>
        <p className="panel-place-title">{title}</p>
      </div>
    </div>
  );
};
