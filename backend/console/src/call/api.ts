import { Problem, problemFrom, UNREACHABLE } from '../api/problem';
import type { Call, Site, Ticket } from '../api/types';
import type { Language } from '../text/language';

const TIMEOUT_MS = 10_000;

/** Without cookies: an operator who opens the page is a resident like anybody else. */
async function request<T>(method: string, path: string, ticket: string | null, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {};
  if (ticket) headers.Authorization = `Bearer ${ticket}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    answer = await response.json();
  } catch (error) {
    throw new Problem(UNREACHABLE, 'unreachable', String(error), null);
  }
  if (!response.ok) throw problemFrom(response.status, answer);
  return answer as T;
}

export interface ResidentApi {
  ticket(spotToken: string): Promise<Ticket>;
  call(ticket: string, language: Language): Promise<Call>;
  state(ticket: string, callId: string): Promise<Call>;
  cancel(ticket: string, callId: string): Promise<Call>;
  site(ticket: string): Promise<Site>;
}

export const residentApi: ResidentApi = {
  ticket: (spotToken) => request('POST', '/recycling/tickets', null, { spot_token: spotToken }),
  call: (ticket, language) => request('POST', '/recycling/calls', ticket, { language }),
  state: (ticket, callId) => request('GET', `/recycling/calls/${callId}`, ticket),
  cancel: (ticket, callId) => request('POST', `/recycling/calls/${callId}/cancel`, ticket),
  site: (ticket) => request('GET', '/fleet/site', ticket),
};
