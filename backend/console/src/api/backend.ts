import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './api';
import { Problem, problemFrom, UNREACHABLE } from './problem';
import type { CommandKind, Site } from './types';

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

export const backend = {
  session: () => answer(client.GET('/session')),
  logIn: (username: string, password: string) => answer(client.POST('/session', { body: { username, password } })),
  logOut: () => answer(client.DELETE('/session')),
  // openapi-fetch widens tuples to arrays; the generated type is the exact one.
  site: () => answer(client.GET('/fleet/site')) as Promise<unknown> as Promise<Site>,
  spots: () => answer(client.GET('/recycling/spots')),
  command: (robotId: string, commandId: string, kind: CommandKind, reason: string) =>
    answer(
      client.POST('/fleet/robots/{robot_id}/commands', {
        params: { path: { robot_id: robotId } },
        body: { command_id: commandId, kind, reason },
      }),
    ),
  commandState: (commandId: string) =>
    answer(client.GET('/fleet/commands/{command_id}', { params: { path: { command_id: commandId } } })),
  cancelMission: (missionId: string, reason: string) =>
    answer(
      client.POST('/fleet/missions/{mission_id}/cancel', {
        params: { path: { mission_id: missionId } },
        body: { reason },
      }),
    ),
  cancelCall: (callId: string) =>
    answer(client.POST('/recycling/calls/{call_id}/cancel', { params: { path: { call_id: callId } } })),
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
