import { describe, expect, it } from 'vitest';
import { hashOf, routeFrom } from './route';

describe('routeFrom', () => {
  it.each(['#/robots', '#/robots/robot_01', '#/map/robot_01', '#/calls', '#/incidents', '#/events', '#/spots', '#/figures', '#/patrol', '#/patrol/0193', '#/rounds', '#/rounds/0193', '#/manage/closures', '#/manage/recordings/0193'])('reads back %s', (hash) => {
    expect(hashOf(routeFrom(hash))).toBe(hash);
  });

  it.each(['#/manage', '#/manage/nothing', '#/manage/__proto__'])('begins with the closed areas for %j', (hash) => {
    expect(routeFrom(hash)).toEqual({ page: 'manage', tab: 'closures', id: null });
  });

  it.each(['', '#', '#/nowhere', '#/__proto__'])('shows robots for %j', (hash) => {
    expect(routeFrom(hash)).toEqual({ page: 'live', pane: 'robots', robotId: null });
  });
});
