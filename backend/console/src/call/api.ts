import type { Call, Site, Ticket } from '../api/types';
import { request } from '../people/request';
import type { Language } from '../text/language';

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
