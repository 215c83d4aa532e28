import type { Observation, PatrolPoint } from '../api/types';
import type { PointPin } from '../map/PointMarkers';

interface Words {
  seen: string;
  unseen: string;
  nameOf(point: PatrolPoint): string;
}

/** The points of a route on the map, numbered in its order; those with an observation are marked. */
export function pinsOf(points: readonly PatrolPoint[], observations: readonly Observation[], words: Words): PointPin[] {
  const seen = new Set(observations.map((each) => each.point_id));
  return points.map((point, index) => ({
    pointId: point.point_id,
    at: [point.x, point.y],
    mark: String(index + 1),
    seen: seen.has(point.point_id),
    label: `${index + 1}. ${words.nameOf(point)}, ${seen.has(point.point_id) ? words.seen : words.unseen}`,
  }));
}
