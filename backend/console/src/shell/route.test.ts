import { describe, expect, it } from 'vitest';
import { hashOf, routeFrom } from './route';

describe('routeFrom', () => {
  it.each(['#/robots', '#/robots/robot_01', '#/map/robot_01', '#/calls', '#/incidents', '#/events', '#/spots'])('reads back %s', (hash) => {
    expect(hashOf(routeFrom(hash))).toBe(hash);
  });

  it.each(['', '#', '#/nowhere', '#/__proto__'])('shows robots for %j', (hash) => {
    expect(routeFrom(hash)).toEqual({ page: 'live', pane: 'robots', robotId: null });
  });
});
