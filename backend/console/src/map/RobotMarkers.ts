import { type Map as GlMap, Marker } from 'maplibre-gl';
import type { Robot } from '../api/types';
import type { Projection } from '../site/projection';
import { ICONS } from '../text/icons';

export interface RobotLook {
  /** Name, activity, charge; how old it is where that matters. */
  tag: string;
  selected: boolean;
  stale: boolean;
}

/** Above this many robots only the selected one shows its name, or names would hide the map. */
const NAMES_UP_TO = 30;

const SHAPE = `
  <span class="robot-heading"><svg viewBox="0 0 40 40" aria-hidden="true"><path d="M20 1l7 11H13z"/></svg></span>
  <span class="robot-disc"><svg viewBox="0 0 24 24" aria-hidden="true"><path/></svg></span>
  <span class="robot-tag"></span>`;

class RobotMarker {
  readonly marker: Marker;
  private readonly button = document.createElement('button');
  private readonly heading: HTMLElement;
  private readonly icon: SVGPathElement;
  private readonly tag: HTMLElement;
  private shown = '';

  constructor(map: GlMap, robotId: string, onSelect: (robotId: string) => void) {
    this.button.type = 'button';
    this.button.innerHTML = SHAPE;
    this.button.addEventListener('click', (event) => {
      event.stopPropagation();
      onSelect(robotId);
    });
    this.heading = this.button.querySelector('.robot-heading') as HTMLElement;
    this.icon = this.button.querySelector('.robot-disc path') as SVGPathElement;
    this.tag = this.button.querySelector('.robot-tag') as HTMLElement;
    this.marker = new Marker({ element: this.button, anchor: 'center' }).setLngLat([0, 0]).addTo(map);
    // MapLibre names every marker "Map marker"; the button's own words say more.
    this.button.removeAttribute('role');
    this.button.removeAttribute('aria-label');
  }

  show(robot: Robot, look: RobotLook, named: boolean, bearing: number): void {
    this.heading.style.transform = `rotate(${bearing.toFixed(0)}deg)`;
    // Writing the same words again would still cost layout, and screen readers would repeat them.
    const words = [robot.activity, look.tag, look.selected, look.stale, named].join('|');
    if (words === this.shown) return;
    this.shown = words;
    this.button.className = `robot-marker maplibregl-marker maplibregl-marker-anchor-center robot-${robot.activity}`;
    this.button.classList.toggle('robot-selected', look.selected);
    this.button.classList.toggle('robot-stale', look.stale);
    this.button.setAttribute('aria-pressed', String(look.selected));
    this.icon.setAttribute('d', ICONS[robot.activity]);
    this.tag.classList.toggle('visually-hidden', !named && !look.selected);
    this.tag.textContent = look.tag;
  }
}

/** One focusable button per robot on the map; moved in place, never rebuilt. */
export class RobotMarkers {
  private readonly markers = new Map<string, RobotMarker>();
  private readonly map: GlMap;
  private readonly projection: Projection;
  private readonly onSelect: (robotId: string) => void;

  constructor(map: GlMap, projection: Projection, onSelect: (robotId: string) => void) {
    this.map = map;
    this.projection = projection;
    this.onSelect = onSelect;
  }

  show(robots: readonly Robot[], lookOf: (robot: Robot) => RobotLook): void {
    const named = robots.length <= NAMES_UP_TO;
    const present = new Set<string>();
    for (const robot of robots) {
      if (robot.x === null || robot.y === null) continue;
      present.add(robot.robot_id);
      const marker = this.markerOf(robot.robot_id);
      marker.marker.setLngLat(this.projection.toLonLat([robot.x, robot.y]));
      marker.show(robot, lookOf(robot), named, this.projection.toBearing(robot.theta ?? 0));
    }
    for (const [robotId, gone] of this.markers) {
      if (present.has(robotId)) continue;
      gone.marker.remove();
      this.markers.delete(robotId);
    }
  }

  private markerOf(robotId: string): RobotMarker {
    let marker = this.markers.get(robotId);
    if (!marker) {
      marker = new RobotMarker(this.map, robotId, this.onSelect);
      this.markers.set(robotId, marker);
    }
    return marker;
  }
}
