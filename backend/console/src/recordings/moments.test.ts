import { describe, expect, it } from 'vitest';
import type { RecordedMoment, Recording } from '../api/types';
import { indexAt, phaseAt, robotAt, rowsOf, spanOf, trackOf } from './moments';

const at = (seconds: number) => new Date(Date.parse('2026-11-27T01:00:00Z') + seconds * 1000).toISOString();
const moment = (seconds: number, changes: Partial<RecordedMoment> = {}): RecordedMoment => ({
  at: at(seconds), x: seconds, y: 0, theta: 0, speed_mps: 1, driving: true, paused: false, emergency_stop: 'NONE', operating_mode: 'AUTOMATIC',
  order_id: null, last_node_id: null, waiting: null, errors: [], waiting_values: {}, error_values: [], state_of_charge: 80, activity: 'driving', ...changes,
});
const phase = (since: number, until: number) => ({ since: at(since), until: at(until), activity: 'driving' as const, waiting: null, errors: [] });
const recording = {
  incident_id: 'i', robot_id: 'robot_01', robot_name: { ko: '하늬', en: 'Hanui' }, created_at: at(0),
  moments: [moment(-30), moment(-20), moment(-10), moment(-1, { speed_mps: null, state_of_charge: null })],
  phases: [phase(-30, -15), phase(-15, 0)],
} as unknown as Recording;

describe('a recording', () => {
  it('counts seconds to the incident', () => {
    expect(rowsOf(recording).map((row) => row.seconds)).toEqual([-30, -20, -10, -1]);
    expect(rowsOf(recording).at(-1)).toEqual({ seconds: -1, speed: null, charge: null });
  });

  it.each([[-60, 0], [-30, 0], [-20.5, 0], [-20, 1], [-5, 2], [0, 3]])('shows at %d s the moment %d', (seconds, index) => {
    expect(indexAt(recording, seconds)).toBe(index);
  });

  it('knows which phase a moment belongs to', () => {
    expect(recording.moments.map((each) => phaseAt(recording, each))).toEqual([0, 0, 1, 1]);
    expect(recording.phases.map((each) => spanOf(recording, each))).toEqual([{ begin: 0.5, length: 0.25 }, { begin: 0.75, length: 0.25 }]);
    expect(spanOf(recording, phase(-70, 3))).toEqual({ begin: 0, length: 1 });
  });

  it('draws the way once where the robot stood, and nothing where nobody knows', () => {
    expect(trackOf([moment(1), moment(2, { x: 1 }), moment(3, { x: null }), moment(4)])).toEqual([[1, 0], [4, 0]]);
  });

  it('puts the robot on the map as it was', () => {
    const robot = robotAt(recording, moment(-10, { activity: 'waiting', state_of_charge: 55 }));
    expect(robot).toMatchObject({ activity: 'waiting', x: -10, state_of_charge: 55, name: { en: 'Hanui' } });
    expect(robotAt(recording, { ...moment(-10), activity: null }).activity).toBe('driving');
  });
});
