/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { ShopDelivery } from '../api/types';
import { remaining } from '../people/remaining';
import { clockTime } from '../text/figures';
import { type Language, local } from '../text/language';
import type { Selling } from './selling';
import { headline, isOver, taskOf } from './story';
import type { Say } from './words';

interface Props {
  delivery: ShopDelivery;
  selling: Selling;
  say: Say;
  language: Language;
  nowMs: number;
  heardAtMs: number;
  busy: boolean;
  note: preact.ComponentChildren;
}

export function DeliveryCard({ delivery, selling, say, language, nowMs, heardAtMs, busy, note }: Props) {
  const etaS = delivery.eta_s === null ? null : remaining(delivery.eta_s, heardAtMs, Math.max(nowMs, heardAtMs));
  const head = headline(delivery, etaS);
  const robot = local(delivery.robot_name, language) || delivery.robot_id || '';
  return (
    <li class={taskOf(delivery) === 'none' ? 'card delivery' : 'card delivery delivery-asks'}>
      <div aria-live="polite">
        <h3 class="headline">{say(head.key, { robot, minutes: head.minutes ?? 0 })}</h3>
        {delivery.reason && <p class="lead">{local(delivery.reason, language)}</p>}
        {delivery.locked && !isOver(delivery) && <p class="note">{say('locked')}</p>}
      </div>
      <dl class="facts">
        <dt>{say('goods')}</dt>
        <dd>{delivery.goods} · {delivery.mass_kg} kg · {say(`size.${delivery.size}`)}</dd>
        <dt>{say('spot')}</dt>
        <dd>{local(delivery.spot.name, language)}{delivery.recipient ? ` · ${delivery.recipient}` : ''}</dd>
        {delivery.proof && (
          <>
            <dt>{say('proof')}</dt>
            <dd>{say('proof.text', { time: clockTime(delivery.proof.at, 'Asia/Seoul', language).slice(0, 5), robot: local(delivery.proof.robot_name, language) })}</dd>
          </>
        )}
      </dl>
      {note}
      <Task delivery={delivery} selling={selling} say={say} busy={busy} />
      {!isOver(delivery) && <More delivery={delivery} selling={selling} say={say} busy={busy} />}
    </li>
  );
}

type TaskProps = Pick<Props, 'delivery' | 'selling' | 'say' | 'busy'>;

function Task({ delivery, selling, say, busy }: TaskProps) {
  const task = taskOf(delivery);
  if (task === 'none') return null;
  if (task === 'opening' || task === 'closing') return <p class="note" role="status">{say(task)}</p>;
  const done = task === 'goods_in' ? selling.goodsIn : selling.goodsOut;
  return (
    <>
      {delivery.door === 'no_answer' && <p class="note">{say('no_answer')}</p>}
      <button type="button" class="main" disabled={busy} onClick={() => void done(delivery.id)}>{say(task)}</button>
    </>
  );
}

function More({ delivery, selling, say, busy }: TaskProps) {
  const [asking, setAsking] = useState<'cancel' | 'pin' | null>(null);
  const yes = async () => {
    await (asking === 'cancel' ? selling.cancel(delivery.id) : selling.newPin(delivery.id));
    setAsking(null);
  };
  if (asking) {
    return (
      <div class="sure" role="group" aria-label={say(`${asking}.sure`)}>
        <p>{say(`${asking}.sure`)}</p>
        <button type="button" class="danger" disabled={busy} onClick={() => void yes()}>{say(`${asking}.yes`)}</button>
        <button type="button" class="plain" onClick={() => setAsking(null)}>{say('no')}</button>
      </div>
    );
  }
  return (
    <div class="row">
      {delivery.cancelable && !delivery.locked && <button type="button" class="plain" onClick={() => setAsking('pin')}>{say('pin.new')}</button>}
      {delivery.cancelable && <button type="button" class="plain" onClick={() => setAsking('cancel')}>{say('cancel')}</button>}
    </div>
  );
}
