import { type Map as GlMap, Marker } from 'maplibre-gl';
import type { Point } from '../api/types';
import type { Projection } from '../site/projection';

export interface PointPin {
  pointId: string;
  at: Point;
  /** As a round comes by: 1, 2, 3 …, or another sign. */
  mark: string;
  seen: boolean;
  /** Instead of the usual grey. */
  colour?: string;
  label: string;
}

/** Places where a round comes by. */
export class PointMarkers {
  private readonly markers = new Map<string, Marker>();
  private readonly map: GlMap;
  private readonly projection: Projection;
  private readonly onSelect: (pointId: string) => void;

  constructor(map: GlMap, projection: Projection, onSelect: (pointId: string) => void) {
    this.map = map;
    this.projection = projection;
    this.onSelect = onSelect;
  }

  show(pins: readonly PointPin[]): void {
    const wanted = new Set(pins.map((pin) => pin.pointId));
    for (const [pointId, marker] of this.markers) {
      if (wanted.has(pointId)) continue;
      marker.remove();
      this.markers.delete(pointId);
    }
    for (const pin of pins) {
      const marker = this.markers.get(pin.pointId) ?? this.add(pin);
      marker.setLngLat(this.projection.toLonLat(pin.at));
      const element = marker.getElement();
      element.setAttribute('aria-label', pin.label);
      element.textContent = pin.mark;
      element.style.background = pin.colour ?? '';
      element.classList.toggle('point-seen', pin.seen);
    }
  }

  private add(pin: PointPin): Marker {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'point-pin';
    button.addEventListener('click', () => this.onSelect(pin.pointId));
    const marker = new Marker({ element: button }).setLngLat(this.projection.toLonLat(pin.at)).addTo(this.map);
    button.removeAttribute('role');
    this.markers.set(pin.pointId, marker);
    return marker;
  }
}
