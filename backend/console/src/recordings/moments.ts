import type { Point, RecordedMoment, RecordedPhase, Recording, Robot } from '../api/types';

/** Seconds from a moment to the incident: -60..0. */
export const secondsTo = (recording: Pick<Recording, 'created_at'>, at: string): number => (Date.parse(at) - Date.parse(recording.created_at)) / 1000;

export interface Row {
  seconds: number;
  speed: number | null;
  charge: number | null;
}

/** What the plots draw, one row a moment. */
export const rowsOf = (recording: Recording): Row[] =>
  recording.moments.map((moment) => ({ seconds: secondsTo(recording, moment.at), speed: moment.speed_mps, charge: moment.state_of_charge ?? null }));

/** The moment shown at a time: the last one until then, or the first of all. */
export function indexAt(recording: Recording, seconds: number): number {
  const after = recording.moments.findIndex((moment) => secondsTo(recording, moment.at) > seconds);
  if (after === -1) return recording.moments.length - 1;
  return Math.max(0, after - 1);
}

/** Index of the phase that holds at a moment. */
export const phaseAt = (recording: Recording, moment: RecordedMoment): number =>
  recording.phases.findLastIndex((phase) => Date.parse(phase.since) <= Date.parse(moment.at));

const hasPlace = (moment: RecordedMoment): moment is RecordedMoment & { x: number; y: number } => moment.x !== null && moment.y !== null;

/** Where the robot has been, a place once however long it stood there. */
export function trackOf(moments: readonly RecordedMoment[]): Point[] {
  const track: Point[] = [];
  for (const { x, y } of moments.filter(hasPlace)) {
    const last = track.at(-1);
    if (!last || last[0] !== x || last[1] !== y) track.push([x, y]);
  }
  return track;
}

/** What a recording keeps. */
export const KEPT_S = 60;

/** Where a phase lies in the minute and how long it is, 0..1. */
export function spanOf(recording: Pick<Recording, 'created_at'>, phase: RecordedPhase): { begin: number; length: number } {
  const within = (at: string) => Math.min(1, Math.max(0, 1 + secondsTo(recording, at) / KEPT_S));
  return { begin: within(phase.since), length: within(phase.until) - within(phase.since) };
}

/** The robot as the map shows it, at a moment of the past. */
export function robotAt(recording: Recording, moment: RecordedMoment): Robot {
  return {
    robot_id: recording.robot_id, name: recording.robot_name, online: true, connection_state: 'ONLINE',
    operating_mode: moment.operating_mode, activity: moment.activity ?? (moment.driving ? 'driving' : 'idle'),
    x: moment.x, y: moment.y, theta: moment.theta, speed_mps: moment.speed_mps, state_of_charge: moment.state_of_charge ?? null,
    charging: false, range_m: null, bins: [], emergency_stop: moment.emergency_stop, stops: [], paused: moment.paused, waiting: null,
    mission_id: null, call_id: null, last_node_id: moment.last_node_id, planned_path: [], errors: [], takeover: null,
    state_at: moment.at, position_at: moment.at,
  };
}
