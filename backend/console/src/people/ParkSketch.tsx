/** @jsxImportSource preact */
import type { Site } from '../api/types';

const DRAWN: Record<string, string> = {
  grass: '#cfe3bd',
  water: '#a9d3ea',
  path: '#e3dccb',
  plaza: '#ddd5c2',
  road: '#c3c8ce',
  building: '#d3cfd0',
};

interface Place {
  x: number;
  y: number;
}

interface Props {
  site: Site;
  spot: Place;
  robot: Place | null;
  /** What the map is, and what to write at the robot and the spot. */
  labels: { map: string; robot: string; here: string };
}

const MARGIN_M = 25;
/** Of what is between spot and robot, so that pin and labels are in the picture. */
const MARGIN_SHARE = 0.3;
/** Nearer than this, one label is enough; hundredths of the picture's width. */
const CLOSE_UNITS = 9;

/** A few shapes, one dot and one pin: enough to see the robot come closer. */
export function ParkSketch({ site, spot, robot, labels }: Props) {
  const view = viewAround(site, spot, robot);
  const unit = view.width / 100;
  const together = robot !== null && Math.hypot(robot.x - spot.x, robot.y - spot.y) < CLOSE_UNITS * unit;
  const points = (vertices: readonly (readonly [number, number])[]) => vertices.map(([x, y]) => `${x},${-y}`).join(' ');
  return (
    <svg class="sketch" viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`} role="img" aria-label={labels.map}>
      {site.features.map((feature) => {
        const colour = DRAWN[feature.kind];
        return colour ? <polygon points={points(feature.vertices)} fill={colour} /> : null;
      })}
      <g transform={`translate(${spot.x} ${-spot.y}) scale(${unit})`}>
        <path d="M0 0s-4-4.500-4-7.500a4 4 0 0 1 8 0C4-4.500 0 0 0 0z" fill="#b42318" stroke="#fff" stroke-width="0.800" />
        <text y="5.500" class="sketch-label">{labels.here}</text>
      </g>
      {robot && (
        <g class="sketch-robot" transform={`translate(${robot.x} ${-robot.y}) scale(${unit})`}>
          <circle r="2.800" fill="#1463ff" stroke="#fff" stroke-width="0.900" />
          {!together && <text y="-4.500" class="sketch-label">{labels.robot}</text>}
        </g>
      )}
    </svg>
  );
}

/** The part of the park with spot and robot in it, twice as wide as high. */
function viewAround(site: Site, spot: Place, robot: Place | null) {
  const [west, south, east, north] = site.bounds;
  if (!robot) return { x: west, y: -north, width: east - west, height: north - south };
  const margin = Math.max(MARGIN_M, MARGIN_SHARE * Math.abs(spot.y - robot.y));
  const left = Math.min(spot.x, robot.x) - margin;
  const right = Math.max(spot.x, robot.x) + margin;
  const bottom = Math.min(spot.y, robot.y) - margin;
  const top = Math.max(spot.y, robot.y) + margin;
  const height = Math.max(top - bottom, (right - left) / 2);
  const width = height * 2;
  return { x: (left + right - width) / 2, y: -(top + bottom + height) / 2, width, height };
}
