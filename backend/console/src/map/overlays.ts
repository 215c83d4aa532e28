import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { EMPTY } from '../site/layers';
import type { Language } from '../text/language';

/** What may be laid over the park: areas people closed, one being drawn, the way a robot went, ways robots would go. */
export type Overlay = 'closures' | 'sketch' | 'track' | 'tours';

export const OVERLAY_COLOUR = { closed: '#c2410c', sketch: '#1463ff', track: '#6a2384' } as const;

export const overlaySources = (): Record<Overlay, SourceSpecification> => ({
  closures: { type: 'geojson', data: EMPTY },
  sketch: { type: 'geojson', data: EMPTY },
  track: { type: 'geojson', data: EMPTY },
  tours: { type: 'geojson', data: EMPTY },
});

const rounded = { 'line-cap': 'round', 'line-join': 'round' } as const;

/** Under the routes of robots, so that both are seen. */
export function areaLayers(): LayerSpecification[] {
  return [
    { id: 'closed', type: 'fill', source: 'closures', paint: { 'fill-color': OVERLAY_COLOUR.closed, 'fill-opacity': 0.26 } },
    {
      id: 'closed-edge',
      type: 'line',
      source: 'closures',
      layout: rounded,
      paint: { 'line-color': OVERLAY_COLOUR.closed, 'line-width': 2.5 },
    },
    { id: 'sketch', type: 'fill', source: 'sketch', paint: { 'fill-color': OVERLAY_COLOUR.sketch, 'fill-opacity': 0.2 } },
    {
      id: 'sketch-edge',
      type: 'line',
      source: 'sketch',
      layout: rounded,
      paint: { 'line-color': OVERLAY_COLOUR.sketch, 'line-width': 2.5, 'line-dasharray': [2, 1.5] },
    },
    {
      id: 'tours',
      type: 'line',
      source: 'tours',
      layout: rounded,
      paint: { 'line-color': ['get', 'colour'], 'line-width': 4, 'line-opacity': 0.8, 'line-offset': ['get', 'offset'] },
    },
    {
      id: 'track',
      type: 'line',
      source: 'track',
      layout: rounded,
      paint: { 'line-color': OVERLAY_COLOUR.track, 'line-width': 4, 'line-opacity': 0.85 },
    },
    {
      id: 'track-begin',
      type: 'circle',
      source: 'track',
      filter: ['==', ['get', 'part'], 'begin'],
      paint: { 'circle-radius': 6, 'circle-color': '#ffffff', 'circle-stroke-color': OVERLAY_COLOUR.track, 'circle-stroke-width': 3 },
    },
  ];
}

export const CLOSED_LABEL = 'closed-label';

export function closedLabel(language: Language, font: string[]): LayerSpecification {
  return {
    id: CLOSED_LABEL,
    type: 'symbol',
    source: 'closures',
    minzoom: 16.8,
    layout: {
      'text-field': ['get', language],
      'text-font': font,
      'text-size': 13,
      'text-max-width': 14,
    },
    paint: { 'text-color': '#7c2d12', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
  };
}
