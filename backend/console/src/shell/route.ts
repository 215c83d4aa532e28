import { useSyncExternalStore } from 'react';

export type Pane = 'map' | 'robots' | 'calls' | 'incidents' | 'events';
export type Route = { page: 'live'; pane: Pane; robotId: string | null } | { page: 'spots' };

const PANES: readonly string[] = ['map', 'robots', 'calls', 'incidents', 'events'] satisfies Pane[];

/** `#/robots/robot_01`, `#/calls`, `#/spots` …; anything else is the live view. */
export function routeFrom(hash: string): Route {
  const [first = '', second] = hash.replace(/^#\/?/, '').split('/');
  if (first === 'spots') return { page: 'spots' };
  const pane = PANES.includes(first) ? (first as Pane) : 'robots';
  return { page: 'live', pane, robotId: second ? decodeURIComponent(second) : null };
}

export function hashOf(route: Route): string {
  if (route.page === 'spots') return '#/spots';
  return `#/${route.pane}${route.robotId ? `/${encodeURIComponent(route.robotId)}` : ''}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  return routeFrom(useSyncExternalStore(subscribe, () => window.location.hash));
}

export function goTo(route: Route): void {
  window.location.hash = hashOf(route);
}
