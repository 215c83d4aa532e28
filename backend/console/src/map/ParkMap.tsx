import { Alert } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Call, Point, Robot, Site } from '../api/types';
import { useClosed, useClosureWords } from '../closures/useClosures';
import { type Drive } from '../site/layers';
import { closureLayer, sketchLayer, tourLayer, trackLayer, type Way } from '../site/overlays';
import { projectionOf } from '../site/projection';
import { type Fleet, isCallOpen, isMissionOpen } from '../stream/frames';
import { age, percent } from '../text/figures';
import { Icon } from '../text/Icon';
import { type Text, useText } from '../text/Text';
import { ageOf, isStale } from '../operations/freshness';
import { Legend } from './Legend';
import { ParkView } from './ParkView';
import type { PointPin } from './PointMarkers';
import type { RobotLook } from './RobotMarkers';

const DRIVES_UP_TO = 10;
const NOWHERE: readonly Point[] = [];
const NO_WAYS: readonly Way[] = [];

interface Props {
  site: Site;
  fleet: Fleet;
  nowMs: number;
  lost: boolean;
  selectedId: string | null;
  onRobot: (robotId: string) => void;
  onCall: (callId: string) => void;
  points?: readonly PointPin[];
  onPoint?: (pointId: string) => void;
  /** Where a robot went, in a look back: areas that are closed now are left out then. */
  track?: readonly Point[];
  /** Where robots would go. */
  ways?: readonly Way[];
  /** An area being drawn: taps add corners, corners can be dragged. */
  corners?: readonly Point[];
  onGround?: (at: Point) => void;
  onCorner?: (index: number, to: Point) => void;
  /** Brought into sight whenever it is another list. */
  focus?: readonly Point[] | null;
}

export default function ParkMap({ site, fleet, nowMs, lost, selectedId, onRobot, onCall, points, onPoint, track, ways, corners, onGround, onCorner, focus }: Props) {
  const text = useText();
  const { t, language, own } = text;
  const label = t('map.label', { site: own(site.name) });
  const container = useRef<HTMLDivElement>(null);
  const projection = useMemo(() => projectionOf(site.origin), [site]);
  const [view, setView] = useState<ParkView | null>(null);
  const [impossible, setImpossible] = useState(false);
  const handlers = useRef({ onRobot, onCall, onPoint, onGround, onCorner });
  handlers.current = { onRobot, onCall, onPoint, onGround, onCorner };

  useEffect(() => {
    if (!container.current) return;
    let made: ParkView;
    try {
      made = new ParkView(container.current, site, projection, language, label, {
        onRobot: (robotId) => handlers.current.onRobot(robotId),
        onCall: (callId) => handlers.current.onCall(callId),
        onPoint: (pointId) => handlers.current.onPoint?.(pointId),
        onGround: (at) => handlers.current.onGround?.(at),
        onCorner: (index, to) => handlers.current.onCorner?.(index, to),
      });
    } catch {
      setImpossible(true);
      return;
    }
    setView(made);
    return () => {
      setView(null);
      made.remove();
    };
    // The language and its label are changed in place below; a new map for them would lose the zoom.
  }, [site, projection]);

  useEffect(() => view?.setLanguage(language, label), [view, language, label]);

  const selected = selectedId ? fleet.robots[selectedId] : undefined;
  useEffect(() => {
    view?.showRobots(Object.values(fleet.robots), (robot) => lookOf(robot, text, nowMs, lost, selectedId));
  }, [view, fleet.robots, text, nowMs, lost, selectedId]);

  useEffect(() => {
    view?.showCalls(pinsOf(site, Object.values(fleet.calls), text));
  }, [view, site, fleet.calls, text]);

  useEffect(() => view?.showPoints(points ?? []), [view, points]);

  useEffect(() => view?.showRoutes(drivesToDraw(fleet, selected)), [view, fleet, selected]);

  const closed = useClosed(nowMs, track === undefined);
  const closureWords = useClosureWords(site);
  useEffect(() => view?.showOverlay('closures', closureLayer(closed, projection, closureWords)), [view, projection, closed, closureWords]);
  useEffect(() => view?.showOverlay('track', trackLayer(track ?? NOWHERE, projection)), [view, projection, track]);
  useEffect(() => view?.showOverlay('tours', tourLayer(ways ?? NO_WAYS, projection)), [view, projection, ways]);
  useEffect(() => {
    view?.showOverlay('sketch', sketchLayer(corners ?? NOWHERE, projection));
    view?.showCorners(corners ?? NOWHERE, corners !== undefined);
  }, [view, projection, corners]);
  useEffect(() => view?.focus(focus ?? NOWHERE), [view, focus]);

  useEffect(() => {
    if (selected) view?.reveal(selected);
    // Only when another robot is selected: following every move would fight the operator's own panning.
  }, [view, selectedId]);

  return (
    <div className="park">
      <div ref={container} className="park-canvas" />
      {impossible && <Alert color="orange" className="park-note" variant="outline">{t('map.noWebgl')}</Alert>}
      {!impossible && (
        <div className="park-tools">
          <button type="button" aria-label={t('map.zoomIn')} onClick={() => view?.zoom(1)}><Icon name="plus" /></button>
          <button type="button" aria-label={t('map.zoomOut')} onClick={() => view?.zoom(-1)}><Icon name="minus" /></button>
          <button type="button" aria-label={t('map.fit')} onClick={() => view?.fit()}><Icon name="fit" /></button>
        </div>
      )}
      {closed.length > 0 && corners === undefined && (
        <a className="park-closed" href="#/manage/closures"><Icon name="closed" size={16} />{t('map.closed', { count: closed.length })}</a>
      )}
      <Legend />
    </div>
  );
}

function lookOf(robot: Robot, { t, own, language }: Text, nowMs: number, lost: boolean, selectedId: string | null): RobotLook {
  const words = {
    name: own(robot.name),
    activity: t(`activity.${robot.activity}`),
    charge: robot.state_of_charge === null ? '–' : percent(robot.state_of_charge),
  };
  const stale = lost || isStale(robot, nowMs);
  const seconds = ageOf(robot, nowMs);
  const tag = stale && seconds !== null ? t('robot.tagOld', { ...words, age: age(seconds, language) }) : t('robot.tag', words);
  return { tag, selected: robot.robot_id === selectedId, stale };
}

/** The selected robot's drive; with nobody selected all drives, as long as they can be told apart. */
function drivesToDraw(fleet: Fleet, selected: Robot | undefined): Drive[] {
  const robots = selected ? [selected] : Object.values(fleet.robots);
  if (robots.length > DRIVES_UP_TO) return [];
  return robots.map((robot) => {
    const mission = robot.mission_id ? fleet.missions[robot.mission_id] : undefined;
    return { robot, mission: mission && isMissionOpen(mission) ? mission : undefined };
  });
}

function pinsOf(site: Site, calls: Call[], { t, own, word }: Text) {
  return calls.filter(isCallOpen).flatMap((call) => {
    const spot = site.spots.find((each) => each.spotId === call.spot_id);
    if (!spot) return [];
    const label = t('call.marker', { spot: own(call.spot_name), state: word('state', call.state) });
    return [{ callId: call.id, at: [spot.x, spot.y] as [number, number], state: call.state, label }];
  });
}
