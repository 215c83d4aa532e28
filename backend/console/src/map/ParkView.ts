import { type GeoJSONSource, LngLatBounds, Map as GlMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Point, Robot, Site } from '../api/types';
import { type Drive, type Layer, plannedLayer, routeLayer } from '../site/layers';
import type { Projection } from '../site/projection';
import type { Language } from '../text/language';
import { CallMarkers, type CallPin } from './CallMarkers';
import { CornerMarkers } from './CornerMarkers';
import type { Overlay } from './overlays';
import { PointMarkers, type PointPin } from './PointMarkers';
import { type RobotLook, RobotMarkers } from './RobotMarkers';
import { LABEL_LAYERS, styleOf } from './style';

setWorkerUrl(workerUrl);

const GLIDING_UP_TO = 30;

export interface ParkSelection {
  onRobot(robotId: string): void;
  onCall(callId: string): void;
  onPoint(pointId: string): void;
  /** Somebody tapped on the ground. */
  onGround(at: Point): void;
  onCorner(index: number, to: Point): void;
}

/** The map of one site outside of React: what stands still is drawn once, the rest is moved. */
export class ParkView {
  private readonly map: GlMap;
  private readonly robots: RobotMarkers;
  private readonly calls: CallMarkers;
  private readonly points: PointMarkers;
  private readonly corners: CornerMarkers;
  private readonly container: HTMLElement;
  private readonly projection: Projection;
  private readonly bounds: LngLatBounds;
  private ready = false;
  private onReady: (() => void)[] = [];
  private readonly drawn = new Map<string, string>();

  constructor(
    container: HTMLElement,
    site: Site,
    projection: Projection,
    language: Language,
    label: string,
    selection: ParkSelection,
  ) {
    this.container = container;
    this.projection = projection;
    const [west, south, east, north] = site.bounds;
    this.bounds = new LngLatBounds();
    for (const corner of [[west, south], [east, south], [east, north], [west, north]] as Point[]) {
      this.bounds.extend(projection.toLonLat(corner));
    }
    this.map = new GlMap({
      container,
      style: styleOf(site, projection, language),
      bounds: this.bounds,
      fitBoundsOptions: { padding: 24 },
      maxZoom: 22,
      minZoom: 13,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: { 'Map.Title': label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.robots = new RobotMarkers(this.map, projection, selection.onRobot);
    this.calls = new CallMarkers(this.map, projection, selection.onCall);
    this.points = new PointMarkers(this.map, projection, selection.onPoint);
    this.corners = new CornerMarkers(this.map, projection, selection.onCorner);
    this.map.on('click', ({ lngLat }) => selection.onGround(projection.toMetres([lngLat.lng, lngLat.lat])));
    // Robots glide between two reports, but must not lag behind the ground while the map itself moves.
    this.map.on('movestart', () => container.classList.remove('park-gliding'));
    this.map.once('load', () => {
      this.ready = true;
      container.dataset.ready = '';
      for (const run of this.onReady.splice(0)) run();
    });
  }

  showRobots(robots: readonly Robot[], lookOf: (robot: Robot) => RobotLook): void {
    this.robots.show(robots, lookOf);
    this.container.classList.toggle('park-gliding', robots.length <= GLIDING_UP_TO && !this.map.isMoving());
  }

  showCalls(pins: readonly CallPin[]): void {
    this.calls.show(pins);
  }

  showPoints(pins: readonly PointPin[]): void {
    this.points.show(pins);
  }

  showRoutes(drives: readonly Drive[]): void {
    this.fill('route', routeLayer(drives, this.projection));
    this.fill('planned', plannedLayer(drives, this.projection));
  }

  showOverlay(overlay: Overlay, layer: Layer): void {
    this.fill(overlay, layer);
  }

  /** Drawing is dear where the processor does it: what is there already is not drawn again. */
  private fill(source: string, layer: Layer): void {
    const words = JSON.stringify(layer);
    if (this.drawn.get(source) === words) return;
    this.drawn.set(source, words);
    this.whenReady(() => void this.map.getSource<GeoJSONSource>(source)?.setData(layer));
  }

  /** Corners of an area being drawn; while there may be some, a tap sets one and the pointer says so. */
  showCorners(corners: readonly Point[], drawing: boolean): void {
    this.corners.show(corners);
    // Robots and calls let taps through then, and two quick taps are two corners, no zoom.
    this.container.classList.toggle('park-drawing', drawing);
    this.map.doubleClickZoom[drawing ? 'disable' : 'enable']();
  }

  /** Brings places into sight, close but not closer than they can be read. */
  focus(places: readonly Point[]): void {
    if (places.length === 0) return;
    const bounds = new LngLatBounds();
    for (const place of places) bounds.extend(this.projection.toLonLat(place));
    this.map.fitBounds(bounds, { padding: 64, maxZoom: 19.5, duration: 300 });
  }

  setLanguage(language: Language, label: string): void {
    this.map.getCanvas().setAttribute('aria-label', label);
    this.whenReady(() => {
      for (const layer of LABEL_LAYERS) this.map.setLayoutProperty(layer, 'text-field', ['get', language]);
    });
  }

  fit(): void {
    this.map.fitBounds(this.bounds, { padding: 24, duration: 300 });
  }

  zoom(step: number): void {
    this.map.zoomTo(this.map.getZoom() + step, { duration: 200 });
  }

  /** Brings a robot into sight without moving the map when it already is. */
  reveal(robot: Robot): void {
    if (robot.x === null || robot.y === null) return;
    const at = this.projection.toLonLat([robot.x, robot.y]);
    if (!this.map.getBounds().contains(at)) this.map.easeTo({ center: at, duration: 300 });
  }

  remove(): void {
    this.map.remove();
  }

  private whenReady(run: () => void): void {
    if (this.ready) run();
    else this.onReady.push(run);
  }
}
