import { describe, expect, it } from 'vitest';
import type { Call, Delivery, FleetEvent, Frame, Mission, Robot } from '../api/types';
import { applyFrames, needsOperator, NOTHING } from './frames';

const robot = (id: string, x = 0) => ({ robot_id: id, x }) as Robot;
const call = (id: string, state: Call['state'], updatedAt: string) => ({ id, state, updated_at: updatedAt }) as Call;
const event = (id: string) => ({ id, at: '2026-11-22T00:00:00Z' }) as FleetEvent;
const snapshot = (fields: Partial<Extract<Frame, { type: 'snapshot' }>>): Frame => ({
  type: 'snapshot',
  robots: [],
  missions: [],
  calls: [],
  deliveries: [],
  incidents: [],
  events: [],
  fleet_stop: null,
  ...fields,
});

describe('applyFrames', () => {
  it('replaces everything by a snapshot, so that nothing old survives a reconnect', () => {
    const before = applyFrames(NOTHING, [snapshot({ robots: [robot('robot_01'), robot('robot_02')] })], 0);
    const after = applyFrames(before, [snapshot({ robots: [robot('robot_02')] })], 0);
    expect(Object.keys(after.robots)).toEqual(['robot_02']);
  });

  it('shows the stop of all robots until it is released, and takes it from a snapshot', () => {
    const stop = { id: 's', since: '2026-11-22T00:00:00Z', by: 'operator', reason: '불' };
    const stopped = applyFrames(NOTHING, [{ type: 'fleet_stop', stop }], 0);
    expect(stopped.stop).toEqual(stop);
    expect(applyFrames(stopped, [{ type: 'fleet_stop', stop: null }], 0).stop).toBeNull();
    expect(applyFrames(NOTHING, [snapshot({ fleet_stop: stop })], 0).stop).toEqual(stop);
  });

  it('keeps the last of several frames of one robot', () => {
    const frames: Frame[] = [1, 2, 3].map((x) => ({ type: 'robot', robot: robot('robot_01', x) }));
    expect(applyFrames(NOTHING, frames, 0).robots.robot_01?.x).toBe(3);
  });

  it('leaves what was shown before unchanged', () => {
    const before = applyFrames(NOTHING, [{ type: 'robot', robot: robot('robot_01', 1) }], 0);
    applyFrames(before, [{ type: 'robot', robot: robot('robot_01', 2) }], 0);
    expect(before.robots.robot_01?.x).toBe(1);
  });

  it('ignores a call that is older than the one shown', () => {
    const fleet = applyFrames(
      NOTHING,
      [
        { type: 'call', call: call('a', 'arrived', '2026-11-22T00:00:02Z') },
        { type: 'call', call: call('a', 'assigned', '2026-11-22T00:00:01Z') },
      ],
      0,
    );
    expect(fleet.calls.a?.state).toBe('arrived');
  });

  it('takes an event that comes twice once and keeps two hundred', () => {
    const frames: Frame[] = Array.from({ length: 300 }, (_, index) => ({ type: 'event', event: event(`e${index}`) }));
    const fleet = applyFrames(NOTHING, [...frames, { type: 'event', event: event('e299') }], 0);
    expect(fleet.events).toHaveLength(200);
    expect(fleet.events.at(-1)?.id).toBe('e299');
  });

  it('forgets the oldest ended missions and no open one', () => {
    const open = { id: '000', state: 'active' } as Mission;
    const ended = Array.from({ length: 90 }, (_, index) => ({ id: String(100 + index), state: 'finished' }) as Mission);
    const fleet = applyFrames(NOTHING, [open, ...ended].map((mission) => ({ type: 'mission', mission })), 0);
    expect(fleet.missions['000']).toBeDefined();
    expect(fleet.missions['100']).toBeUndefined();
    expect(fleet.missions['189']).toBeDefined();
    expect(Object.keys(fleet.missions)).toHaveLength(41);
  });

  it("learns the server's clock from heartbeats", () => {
    const at = Date.parse('2026-11-22T00:00:10Z');
    expect(applyFrames(NOTHING, [{ type: 'heartbeat', at: '2026-11-22T00:00:10Z' }], at - 3000).skewMs).toBe(3000);
  });
});

describe('deliveries', () => {
  const delivery = (state: Delivery['state'], updatedAt: string, locked = false) => ({ id: 'd', state, locked, updated_at: updatedAt }) as Delivery;

  it('are kept by their newest telling', () => {
    const fleet = applyFrames(
      NOTHING,
      [
        { type: 'delivery', delivery: delivery('arrived', '2026-11-27T00:00:02Z') },
        { type: 'delivery', delivery: delivery('loaded', '2026-11-27T00:00:01Z') },
      ],
      0,
    );
    expect(fleet.deliveries.d?.state).toBe('arrived');
  });

  it('ask for an operator when stranded or locked, not when they are over', () => {
    const asks = [delivery('stranded', ''), delivery('arrived', '', true), delivery('arrived', ''), delivery('handed_over', '', true)];
    expect(asks.map(needsOperator)).toEqual([true, true, false, false]);
  });
});
