import { useSyncExternalStore } from 'react';

export type Pane = 'map' | 'robots' | 'calls' | 'deliveries' | 'incidents' | 'events';
export type Route = { page: 'live'; pane: Pane; robotId: string | null } | { page: 'spots' } | { page: 'figures' } | { page: 'patrol' | 'rounds'; roundId: string | null } | ManageRoute;
export type ManageTab = 'closures' | 'weather' | 'papers' | 'recordings';
export type ManageRoute = { page: 'manage'; tab: ManageTab; id: string | null };

const PANES: readonly string[] = ['map', 'robots', 'calls', 'deliveries', 'incidents', 'events'] satisfies Pane[];

export const MANAGE_TABS: readonly ManageTab[] = ['closures', 'weather', 'papers', 'recordings'];

/** `#/robots/robot_01`, `#/calls`, `#/spots`, `#/figures`, `#/patrol/0193…`, `#/rounds/0193…`, `#/manage/recordings/0193…` …; anything else is the live view. */
export function routeFrom(hash: string): Route {
  const [first = '', second, third] = hash.replace(/^#\/?/, '').split('/');
  if (first === 'spots' || first === 'figures') return { page: first };
  if (first === 'patrol' || first === 'rounds') return { page: first, roundId: second ? decodeURIComponent(second) : null };
  if (first === 'manage') {
    return { page: 'manage', tab: MANAGE_TABS.find((tab) => tab === second) ?? 'closures', id: third ? decodeURIComponent(third) : null };
  }
  const pane = PANES.includes(first) ? (first as Pane) : 'robots';
  return { page: 'live', pane, robotId: second ? decodeURIComponent(second) : null };
}

export function hashOf(route: Route): string {
  if (route.page === 'patrol' || route.page === 'rounds') return `#/${route.page}${route.roundId ? `/${encodeURIComponent(route.roundId)}` : ''}`;
  if (route.page === 'manage') return `#/manage/${route.tab}${route.id ? `/${encodeURIComponent(route.id)}` : ''}`;
  if (route.page !== 'live') return `#/${route.page}`;
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
