import { type Map as GlMap, Marker } from 'maplibre-gl';
import type { Point } from '../api/types';
import type { Projection } from '../site/projection';

/** Corners of an area that somebody draws; each can be dragged to where it should be. */
export class CornerMarkers {
  private markers: Marker[] = [];
  private readonly map: GlMap;
  private readonly projection: Projection;
  private readonly onMove: (index: number, to: Point) => void;

  constructor(map: GlMap, projection: Projection, onMove: (index: number, to: Point) => void) {
    this.map = map;
    this.projection = projection;
    this.onMove = onMove;
  }

  show(corners: readonly Point[]): void {
    for (const marker of this.markers.splice(corners.length)) marker.remove();
    corners.forEach((corner, index) => (this.markers[index] ??= this.add(index)).setLngLat(this.projection.toLonLat(corner)).addTo(this.map));
  }

  private add(index: number): Marker {
    const handle = document.createElement('span');
    handle.className = 'corner';
    const marker = new Marker({ element: handle, draggable: true });
    // Corners are for the pointer; the list of places beside the map is for everybody else.
    handle.removeAttribute('role');
    handle.removeAttribute('aria-label');
    handle.setAttribute('aria-hidden', 'true');
    // Letting go of a corner is not a tap on the ground.
    handle.addEventListener('click', (event) => event.stopPropagation());
    marker.on('dragend', () => {
      const { lng, lat } = marker.getLngLat();
      this.onMove(index, this.projection.toMetres([lng, lat]));
    });
    return marker;
  }
}
