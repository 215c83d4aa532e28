import type { Site } from '../api/types';

/** The name people know a node by: that of the spot or station served from it; null for a bend in the road. */
export function placeOf(site: Site | undefined, nodeId: string | null): { ko: string; en: string } | null {
  const place = site?.spots.find((spot) => spot.nodeId === nodeId) ?? site?.stations.find((station) => station.nodeId === nodeId);
  return place?.name ?? null;
}
