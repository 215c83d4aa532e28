import type { Point, Site } from '../api/types';

export interface Place {
  id: string;
  kind: 'spots' | 'stations' | 'crosswalks';
  name: { ko: string; en: string };
  at: Point;
}

const middle = (corners: readonly Point[]): Point => [
  corners.reduce((sum, [x]) => sum + x, 0) / corners.length,
  corners.reduce((sum, [, y]) => sum + y, 0) / corners.length,
];

/** Places with a name that people may want closed, where robots come by: at a spot its node, not the bench beside it. */
export function placesOf(site: Site): Place[] {
  const nodes = new Map(site.nodes.map((node) => [node.nodeId, [node.x, node.y] as Point]));
  return [
    ...site.spots.map((spot): Place => ({ id: spot.spotId, kind: 'spots', name: spot.name, at: nodes.get(spot.nodeId) ?? [spot.x, spot.y] })),
    ...site.stations.map((each): Place => ({ id: each.stationId, kind: 'stations', name: each.name, at: nodes.get(each.nodeId) ?? [each.x, each.y] })),
    ...site.crosswalks.map((each): Place => ({ id: each.crosswalkId, kind: 'crosswalks', name: each.name, at: middle(each.vertices) })),
  ];
}
