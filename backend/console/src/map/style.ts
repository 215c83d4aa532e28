import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Site } from '../api/types';
import * as layers from '../site/layers';
import type { Projection } from '../site/projection';
import type { Language } from '../text/language';
import { areaLayers, CLOSED_LABEL, closedLabel, overlaySources } from './overlays';

/** One place for what a colour means; the legend reads it too. */
export const COLOUR = {
  ground: '#eef2ea',
  lane: '#7b8794',
  fence: '#0b4f6c',
  slow: '#f2c14e',
  blocked: '#c0392b',
  crosswalk: '#ffffff',
  spot: '#b0305c',
  charger: '#1b7f4b',
  depot: '#6741a5',
  shop: '#a35200',
  base: '#1463ff',
  horizon: '#1463ff',
  passed: '#5c6b7a',
  planned: '#0a8f6c',
} as const;

const GROUND: Record<string, string> = {
  path: '#e3dccb',
  plaza: '#ddd5c2',
  grass: '#cfe3bd',
  water: '#a9d3ea',
  road: '#c3c8ce',
  building: '#d3cfd0',
  bench: '#8a6a4a',
  tree: '#8fbf7f',
  shelter: '#b9d8c6',
  depot: '#cbbfe3',
  shop: '#eccfae',
};

const FONT = ['Pretendard Variable', 'Noto Sans CJK KR', 'sans-serif'];

const label = (id: string, source: string, language: Language, minzoom: number, colour: string): LayerSpecification => ({
  id,
  type: 'symbol',
  source,
  minzoom,
  layout: {
    'text-field': ['get', language],
    'text-font': FONT,
    'text-size': 12,
    'text-anchor': 'top',
    'text-offset': [0, 0.8],
    'text-max-width': 9,
  },
  paint: { 'text-color': colour, 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
});

export const LABEL_LAYERS = ['ground-label', 'station-label', 'charger-label', 'spot-label', CLOSED_LABEL] as const;

export function styleOf(site: Site, projection: Projection, language: Language): StyleSpecification {
  const source = (data: layers.Layer) => ({ type: 'geojson' as const, data });
  return {
    version: 8,
    sources: {
      ground: source(layers.groundLayer(site, projection)),
      zones: source(layers.zoneLayer(site, projection)),
      crosswalks: source(layers.crosswalkLayer(site, projection)),
      fence: source(layers.fenceLayer(site, projection)),
      lanes: source(layers.laneLayer(site, projection)),
      spots: source(layers.spotLayer(site, projection)),
      stations: source(layers.stationLayer(site, projection)),
      route: source(layers.EMPTY),
      planned: source(layers.EMPTY),
      ...overlaySources(),
    },
    layers: [...groundLayers(), ...laneLayers(), ...areaLayers(), ...routeLayers(), ...placeLayers(language), closedLabel(language, FONT)],
  };
}

function groundLayers(): LayerSpecification[] {
  const byKind = Object.entries(GROUND).flatMap(([kind, colour]) => [kind, colour]);
  return [
    { id: 'background', type: 'background', paint: { 'background-color': COLOUR.ground } },
    {
      id: 'ground',
      type: 'fill',
      source: 'ground',
      paint: { 'fill-color': ['match', ['get', 'kind'], ...byKind, '#dddddd'] as never, 'fill-antialias': true },
    },
    {
      id: 'buildings',
      type: 'line',
      source: 'ground',
      filter: ['in', ['get', 'kind'], ['literal', ['building', 'shop', 'depot', 'shelter']]],
      paint: { 'line-color': '#8d8790', 'line-width': 1 },
    },
    {
      id: 'crosswalk',
      type: 'fill',
      source: 'crosswalks',
      paint: { 'fill-color': COLOUR.crosswalk, 'fill-opacity': 0.75, 'fill-outline-color': '#52606d' },
    },
    {
      id: 'slow',
      type: 'fill',
      source: 'zones',
      filter: ['==', ['get', 'kind'], 'SPEED_LIMIT'],
      paint: { 'fill-color': COLOUR.slow, 'fill-opacity': 0.28 },
    },
    {
      id: 'blocked',
      type: 'fill',
      source: 'zones',
      filter: ['==', ['get', 'kind'], 'BLOCKED'],
      paint: { 'fill-color': COLOUR.blocked, 'fill-opacity': 0.07 },
    },
    {
      id: 'blocked-edge',
      type: 'line',
      source: 'zones',
      filter: ['==', ['get', 'kind'], 'BLOCKED'],
      paint: { 'line-color': COLOUR.blocked, 'line-width': 1, 'line-opacity': 0.7, 'line-dasharray': [2, 2] },
    },
    {
      id: 'fence',
      type: 'line',
      source: 'fence',
      paint: { 'line-color': COLOUR.fence, 'line-width': 1.5, 'line-dasharray': [4, 3], 'line-opacity': 0.7 },
    },
  ];
}

function laneLayers(): LayerSpecification[] {
  return [
    {
      id: 'lanes',
      type: 'line',
      source: 'lanes',
      paint: { 'line-color': COLOUR.lane, 'line-width': 1.4, 'line-opacity': 0.8, 'line-dasharray': [1, 2] },
    },
  ];
}

function routeLayers(): LayerSpecification[] {
  const rounded = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const part = (name: string) => ['==', ['get', 'part'], name] as never;
  return [
    {
      id: 'route-passed',
      type: 'line',
      source: 'route',
      filter: part('passed'),
      layout: rounded,
      paint: { 'line-color': COLOUR.passed, 'line-width': 4, 'line-opacity': 0.55 },
    },
    {
      id: 'route-horizon',
      type: 'line',
      source: 'route',
      filter: part('horizon'),
      paint: { 'line-color': COLOUR.horizon, 'line-width': 4, 'line-dasharray': [1.2, 1.2] },
    },
    {
      id: 'route-base',
      type: 'line',
      source: 'route',
      filter: part('base'),
      layout: rounded,
      paint: { 'line-color': COLOUR.base, 'line-width': 5.5 },
    },
    {
      id: 'planned',
      type: 'line',
      source: 'planned',
      layout: rounded,
      paint: { 'line-color': COLOUR.planned, 'line-width': 4, 'line-dasharray': [0.1, 1.9] },
    },
  ];
}

function placeLayers(language: Language): LayerSpecification[] {
  return [
    {
      id: 'stations',
      type: 'circle',
      source: 'stations',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 16, 3, 18, 6, 20, 10],
        'circle-color': ['match', ['get', 'kind'], 'charger', COLOUR.charger, 'depot', COLOUR.depot, COLOUR.shop],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'spots',
      type: 'circle',
      source: 'spots',
      paint: {
        'circle-radius': 4.5,
        'circle-color': '#ffffff',
        'circle-stroke-color': COLOUR.spot,
        'circle-stroke-width': 2.5,
      },
    },
    { ...label('ground-label', 'ground', language, 15, '#43505c'), filter: ['in', ['get', 'kind'], ['literal', ['plaza', 'grass', 'water', 'building', 'road', 'shelter']]] } as LayerSpecification,
    { ...label('station-label', 'stations', language, 16, '#323f4b'), filter: ['!=', ['get', 'kind'], 'charger'] } as LayerSpecification,
    { ...label('charger-label', 'stations', language, 19.5, '#125c35'), filter: ['==', ['get', 'kind'], 'charger'] } as LayerSpecification,
    label('spot-label', 'spots', language, 17.4, '#7a1f40'),
  ];
}
