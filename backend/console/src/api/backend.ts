import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './api';
import { Problem, problemFrom, UNREACHABLE } from './problem';
import type { CollectionForecast, CollectionWish, MissionKind, Outcome, PaperKind, Point, RobotCommand, Site } from './types';

/** Every answer that is not a success becomes a thrown `Problem`; callers handle one kind of failure. */
const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return;
    throw problemFrom(response.status, await response.json().catch(() => null));
  },
  onError({ error }) {
    return error instanceof Problem ? error : new Problem(UNREACHABLE, 'unreachable', String(error), null);
  },
};

const client = createClient<paths>({ baseUrl: '/api' });
client.use(problems);

async function answer<T>(request: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await request;
  if (data === undefined && response.status !== 204) throw new Problem(response.status, 'empty', 'empty answer', null);
  return data as T;
}

const of = (robotId: string) => ({ params: { path: { robot_id: robotId } } });

export const backend = {
  session: () => answer(client.GET('/session')),
  logIn: (username: string, password: string) => answer(client.POST('/session', { body: { username, password } })),
  logOut: () => answer(client.DELETE('/session')),
  // openapi-fetch widens tuples to arrays; the generated type is the exact one.
  site: () => answer(client.GET('/fleet/site')) as Promise<unknown> as Promise<Site>,
  spots: () => answer(client.GET('/recycling/spots')),
  figures: (days: number, kind: MissionKind) => answer(client.GET('/fleet/figures', { params: { query: { days, kind } } })),
  closures: () => answer(client.GET('/fleet/closures')),
  closeArea: (vertices: Point[], until: string, reason: string) =>
    answer(client.POST('/fleet/closures', { body: { vertices, until, reason } })),
  openArea: (id: string) => answer(client.POST('/fleet/closures/{closure_id}/open', { params: { path: { closure_id: id } } })),
  standing: () => answer(client.GET('/fleet/papers/standing')),
  putPaper: (robotId: string, kind: PaperKind, number: string, validUntil: string) =>
    answer(
      client.PUT('/fleet/robots/{robot_id}/papers/{kind}', {
        params: { path: { robot_id: robotId, kind } },
        body: { number, valid_until: validUntil },
      }),
    ),
  recordings: (robotId: string | null, before: string | null) =>
    answer(client.GET('/fleet/recordings', { params: { query: { robot_id: robotId, before } } })),
  recording: (incidentId: string) =>
    answer(client.GET('/fleet/incidents/{incident_id}/recording', { params: { path: { incident_id: incidentId } } })),
  // Nobody has said how warm it is: the answer is null, which is not the absence of one.
  weather: async () => (await client.GET('/fleet/weather')).data ?? null,
  cold: () => answer(client.GET('/fleet/weather/cold')),
  sayWeather: (celsius: number) => answer(client.PUT('/fleet/weather', { body: { temperature_c: celsius } })),
  command: (robotId: string, commandId: string, kind: RobotCommand, reason: string) =>
    answer(
      client.POST('/fleet/robots/{robot_id}/commands', {
        params: { path: { robot_id: robotId } },
        body: { command_id: commandId, kind, reason },
      }),
    ),
  commandState: (commandId: string) =>
    answer(client.GET('/fleet/commands/{command_id}', { params: { path: { command_id: commandId } } })),
  takeOver: (robotId: string, reason: string) =>
    answer(client.POST('/fleet/robots/{robot_id}/takeover', { ...of(robotId), body: { reason } })),
  renewTakeover: (robotId: string) => answer(client.POST('/fleet/robots/{robot_id}/takeover/renew', of(robotId))),
  handOver: (robotId: string, to: string) =>
    answer(client.POST('/fleet/robots/{robot_id}/takeover/hand-over', { ...of(robotId), body: { to } })),
  acceptTakeover: (robotId: string) => answer(client.POST('/fleet/robots/{robot_id}/takeover/accept', of(robotId))),
  releaseTakeover: (robotId: string, reason: string) =>
    answer(client.POST('/fleet/robots/{robot_id}/takeover/release', { ...of(robotId), body: { reason } })),
  operators: () => answer(client.GET('/fleet/operators')),
  stopFleet: (reason: string) => answer(client.POST('/fleet/emergency-stop', { body: { reason } })),
  releaseFleetStop: (reason: string) => answer(client.POST('/fleet/emergency-stop/release', { body: { reason } })),
  cancelMission: (missionId: string, reason: string) =>
    answer(
      client.POST('/fleet/missions/{mission_id}/cancel', {
        params: { path: { mission_id: missionId } },
        body: { reason },
      }),
    ),
  cancelCall: (callId: string) =>
    answer(client.POST('/recycling/calls/{call_id}/cancel', { params: { path: { call_id: callId } } })),
  shops: () => answer(client.GET('/delivery/shops')),
  deliveries: () => answer(client.GET('/delivery/deliveries', { params: { query: { limit: 50 } } })),
  delivery: (id: string) => answer(client.GET('/delivery/deliveries/{delivery_id}', { params: { path: { delivery_id: id } } })),
  recipient: (id: string, reason: string) =>
    answer(client.POST('/delivery/deliveries/{delivery_id}/recipient', { params: { path: { delivery_id: id } }, body: { reason } })),
  unlockDelivery: (id: string, reason: string) =>
    answer(client.POST('/delivery/deliveries/{delivery_id}/unlock', { params: { path: { delivery_id: id } }, body: { reason } })),
  cancelDelivery: (id: string, reason: string) =>
    answer(client.POST('/delivery/deliveries/{delivery_id}/cancel', { params: { path: { delivery_id: id } }, body: { reason } })),
  resolveDelivery: (id: string, outcome: Outcome, reason: string) =>
    answer(client.POST('/delivery/deliveries/{delivery_id}/resolve', { params: { path: { delivery_id: id } }, body: { outcome, reason } })),
  patrolRoutes: () => answer(client.GET('/patrol/routes')),
  patrolRounds: () => answer(client.GET('/patrol/rounds')),
  patrolRound: (roundId: string) => answer(client.GET('/patrol/rounds/{round_id}', { params: { path: { round_id: roundId } } })),
  extraRound: (routeId: string) => answer(client.POST('/patrol/rounds', { body: { route_id: routeId } })),
  cancelRound: (roundId: string) =>
    answer(client.POST('/patrol/rounds/{round_id}/cancel', { params: { path: { round_id: roundId } } })),
  expectedLitres: () => answer(client.GET('/recycling/expected')),
  collections: () => answer(client.GET('/recycling/rounds')),
  collection: (id: string) => answer(client.GET('/recycling/rounds/{round_id}', { params: { path: { round_id: id } } })),
  previewCollection: (body: CollectionWish) =>
    answer(client.POST('/recycling/round-preview', { body })) as Promise<unknown> as Promise<CollectionForecast>,
  beginCollection: (body: CollectionWish) => answer(client.POST('/recycling/rounds', { body })),
  cancelCollection: (id: string) => answer(client.POST('/recycling/rounds/{round_id}/cancel', { params: { path: { round_id: id } } })),
  acknowledge: (incidentId: string, note: string) =>
    answer(
      client.POST('/fleet/incidents/{incident_id}/acknowledge', {
        params: { path: { incident_id: incidentId } },
        body: { note },
      }),
    ),
  resolve: (incidentId: string, note: string) =>
    answer(
      client.POST('/fleet/incidents/{incident_id}/resolve', {
        params: { path: { incident_id: incidentId } },
        body: { note },
      }),
    ),
};
