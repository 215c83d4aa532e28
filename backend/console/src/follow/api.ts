import type { Follow, Site } from '../api/types';
import { request } from '../people/request';

export interface FollowApi {
  look(token: string): Promise<Follow>;
  open(token: string, pin: string): Promise<Follow>;
  taken(token: string): Promise<Follow>;
  site(token: string): Promise<Site>;
}

export const followApi: FollowApi = {
  look: (token) => request('POST', '/delivery/follow/look', null, { follow_token: token }),
  open: (token, pin) => request('POST', '/delivery/follow/open', token, { pin }),
  taken: (token) => request('POST', '/delivery/follow/taken', token),
  site: (token) => request('GET', '/fleet/site', token),
};
