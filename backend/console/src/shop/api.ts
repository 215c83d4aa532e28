import type { DeliveryMade, DeliverySize, ShopDelivery, ShopTicket } from '../api/types';
import { request } from '../people/request';
import type { Language } from '../text/language';

/** What a shop fills in; `request_id` stays the same when it is sent again. */
export interface Order {
  request_id: string;
  spot_id: string;
  goods: string;
  mass_kg: number;
  size: DeliverySize;
  recipient: string | null;
  language: Language;
}

export interface ShopApi {
  ticket(shopToken: string): Promise<ShopTicket>;
  deliveries(ticket: string): Promise<ShopDelivery[]>;
  send(ticket: string, order: Order): Promise<DeliveryMade>;
  newPin(ticket: string, id: string): Promise<DeliveryMade>;
  goodsIn(ticket: string, id: string): Promise<ShopDelivery>;
  goodsOut(ticket: string, id: string): Promise<ShopDelivery>;
  cancel(ticket: string, id: string): Promise<ShopDelivery>;
}

const path = '/delivery/shop/deliveries';

export const shopApi: ShopApi = {
  ticket: (shopToken) => request('POST', '/delivery/shop/tickets', null, { shop_token: shopToken }),
  deliveries: (ticket) => request('GET', path, ticket),
  send: (ticket, order) => request('POST', path, ticket, order),
  newPin: (ticket, id) => request('POST', `${path}/${id}/pin`, ticket),
  goodsIn: (ticket, id) => request('POST', `${path}/${id}/goods-in`, ticket),
  goodsOut: (ticket, id) => request('POST', `${path}/${id}/goods-out`, ticket),
  cancel: (ticket, id) => request('POST', `${path}/${id}/cancel`, ticket),
};
