/** @jsxImportSource preact */
import type { Site } from '../api/types';
import type { Say } from './words';

const DRAWN: Record<string, string> = {
  grass: '#cfe3bd',
  water: '#a9d3ea',
  path: '#e3dccb',
  plaza: '#ddd5c2',
  road: '#c3c8ce',
  building: '#d3cfd0',
};

interface Props {
  site: Site;
  spot: { x: number; y: number };
  robot: { x: number; y: number } | null;
  say: Say;
}

const MARGIN_M = 25;

/** A few shapes, one dot and one pin: enough to see the robot come closer. */
export function ParkSketch({ site, spot, robot, say }: Props) {
  const view = viewAround(site, spot, robot);
  const unit = view.width / 100;
  const points = (vertices: readonly (readonly [number, number])[]) => vertices.map(([x, y]) => `${x},${-y}`).join(' ');
  return (
    <svg class="sketch" viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`} role="img" aria-label={say('map')}>
      {site.features.map((feature) => {
        const colour = DRAWN[feature.kind];
        return colour ? <polygon points={points(feature.vertices)} fill={colour} /> : null;
      })}
      <g transform={`translate(${spot.x} ${-spot.y}) scale(${unit})`}>
        <path d="M0 0s-4-4.500-4-7.500a4 4 0 0 1 8 0C4-4.500 0 0 0 0z" fill="#b42318" stroke="#fff" stroke-width="0.800" />
        <text y="5.500" class="sketch-label">{say('map.here')}</text>
      </g>
      {robot && (
        <g class="sketch-robot" transform={`translate(${robot.x} ${-robot.y}) scale(${unit})`}>
          <circle r="2.800" fill="#1463ff" stroke="#fff" stroke-width="0.900" />
          <text y="-4.500" class="sketch-label">{say('map.robot')}</text>
        </g>
      )}
    </svg>
  );
}

/** The part of the park with spot and robot in it, twice as wide as high. */
function viewAround(site: Site, spot: { x: number; y: number }, robot: { x: number; y: number } | null) {
  const [west, south, east, north] = site.bounds;
  if (!robot) return { x: west, y: -north, width: east - west, height: north - south };
  const left = Math.min(spot.x, robot.x) - MARGIN_M;
  const right = Math.max(spot.x, robot.x) + MARGIN_M;
  const bottom = Math.min(spot.y, robot.y) - MARGIN_M;
  const top = Math.max(spot.y, robot.y) + MARGIN_M;
  const height = Math.max(top - bottom, (right - left) / 2);
  const width = height * 2;
  return { x: (left + right - width) / 2, y: -(top + bottom + height) / 2, width, height };
}
