import { type Map as GlMap, Marker } from 'maplibre-gl';
import type { Point } from '../api/types';
import type { Projection } from '../site/projection';
import { ICONS } from '../text/icons';

export interface CallPin {
  callId: string;
  at: Point;
  state: string;
  label: string;
}

/** Pins over spots that somebody is calling from. */
export class CallMarkers {
  private readonly markers = new Map<string, Marker>();
  private readonly map: GlMap;
  private readonly projection: Projection;
  private readonly onSelect: (callId: string) => void;

  constructor(map: GlMap, projection: Projection, onSelect: (callId: string) => void) {
    this.map = map;
    this.projection = projection;
    this.onSelect = onSelect;
  }

  show(pins: readonly CallPin[]): void {
    const wanted = new Set(pins.map((pin) => pin.callId));
    for (const pin of pins) {
      const element = (this.markers.get(pin.callId) ?? this.add(pin)).getElement();
      element.setAttribute('aria-label', pin.label);
      element.dataset.state = pin.state;
    }
    for (const [callId, marker] of this.markers) {
      if (wanted.has(callId)) continue;
      marker.remove();
      this.markers.delete(callId);
    }
  }

  private add(pin: CallPin): Marker {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'call-pin';
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS.call}"/></svg>`;
    button.addEventListener('click', () => this.onSelect(pin.callId));
    const marker = new Marker({ element: button, anchor: 'bottom', offset: [0, -8] })
      .setLngLat(this.projection.toLonLat(pin.at))
      .addTo(this.map);
    button.removeAttribute('role');
    this.markers.set(pin.callId, marker);
    return marker;
  }
}
