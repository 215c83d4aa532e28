import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Delivery, DeliveryState, Outcome } from '../api/types';
import { useMoment } from '../operations/moment';
import { ProblemNote } from '../shell/Problems';
import { isDeliveryOpen, needsOperator } from '../stream/frames';
import { useLive } from '../stream/store';
import { age, clockTime, minutesAway } from '../text/figures';
import { Icon } from '../text/Icon';
import type { IconName } from '../text/icons';
import { type Text, useText } from '../text/Text';
import { Asking } from './Asking';
import { StateBadge } from './StateBadge';

const OUTCOMES = ['handed_over', 'returned', 'lost'] as const satisfies Outcome[];
const CANCELABLE: readonly DeliveryState[] = ['requested', 'assigned', 'at_shop', 'loaded', 'near', 'arrived'];

/** Those that need somebody first, then newest first. */
const byNeed = (a: Delivery, b: Delivery) => Number(needsOperator(b)) - Number(needsOperator(a)) || (a.id < b.id ? 1 : -1);

export function DeliveryList({ onRobot }: { onRobot: (robotId: string) => void }) {
  const { t } = useText();
  const { fleet, known } = useLive();
  // The stream tells of what is open and what ends from now on; what ended before is asked for.
  const before = useQuery({ queryKey: ['deliveries'], queryFn: backend.deliveries, refetchOnMount: 'always' });
  const endedBefore = Object.fromEntries((before.data ?? []).filter((each) => !isDeliveryOpen(each)).map((each) => [each.id, each]));
  const deliveries = Object.values({ ...endedBefore, ...fleet.deliveries }).sort(byNeed);
  const open = deliveries.filter(isDeliveryOpen);
  const over = deliveries.filter((delivery) => !isDeliveryOpen(delivery));
  return (
    <>
      <h2 className="side-title">{t('deliveries.open')}</h2>
      {known && open.length === 0 && <p className="empty">{t('deliveries.none')}</p>}
      <ul className="cards">{open.map((each) => <DeliveryCard key={each.id} delivery={each} onRobot={onRobot} />)}</ul>
      {over.length > 0 && <h2 className="side-title">{t('deliveries.over')}</h2>}
      <ul className="cards">{over.map((each) => <DeliveryCard key={each.id} delivery={each} onRobot={onRobot} />)}</ul>
    </>
  );
}

const LOOK: Record<DeliveryState, [IconName, string]> = {
  requested: ['waiting', 'yellow'],
  assigned: ['driving', 'blue'],
  at_shop: ['serving', 'teal'],
  loaded: ['driving', 'blue'],
  near: ['driving', 'blue'],
  arrived: ['serving', 'teal'],
  returning: ['back', 'yellow'],
  back_at_shop: ['serving', 'yellow'],
  stranded: ['incident', 'red'],
  handed_over: ['check', 'green'],
  returned: ['back', 'gray'],
  canceled: ['cross', 'gray'],
  failed: ['incident', 'red'],
  lost: ['incident', 'red'],
};

type Question = 'cancel' | 'unlock' | 'recipient' | Outcome;

function DeliveryCard({ delivery, onRobot }: { delivery: Delivery; onRobot: (robotId: string) => void }) {
  const text = useText();
  const { t, own, word, language } = text;
  const { nowMs, lost } = useMoment();
  const [icon, colour] = LOOK[delivery.state];
  const robotId = delivery.robot_id;
  return (
    <li className={lost ? 'card stale' : 'card'}>
      <span className="card-head">
        <strong>{own(delivery.shop.name)} → {own(delivery.spot.name)}</strong>
        <StateBadge icon={icon} colour={colour} label={word('delivery', delivery.state)} />
      </span>
      <span className="card-line">
        {robotId && (
          <Button variant="subtle" size="compact-sm" leftSection={<Icon name="robot" size={16} />} onClick={() => onRobot(robotId)}>
            {own(delivery.robot_name) || robotId}
          </Button>
        )}
        <span>{progressOf(delivery, text)}</span>
        <span className="age">{t('delivery.age', { age: age((nowMs - Date.parse(delivery.created_at)) / 1000, language) })}</span>
      </span>
      {delivery.reason && <span className="card-note">{own(delivery.reason)}</span>}
      {delivery.locked && isDeliveryOpen(delivery) && <span className="card-note card-bad"><Icon name="incident" size={16} />{t('delivery.locked')}</span>}
      {delivery.state === 'handed_over' && <Proof deliveryId={delivery.id} />}
      <Decisions delivery={delivery} />
    </li>
  );
}

function Decisions({ delivery }: { delivery: Delivery }) {
  const { t } = useText();
  const { mayOperate, lost } = useMoment();
  const [asking, setAsking] = useState<Question | null>(null);
  const [seen, setSeen] = useState<{ recipient: string | null; goods: string } | null>(null);
  if (!mayOperate) return null;
  const ask = (question: Question) => (
    <Button key={question} variant="default" size="xs" disabled={lost} onClick={() => setAsking(question)}>{t(`delivery.do.${question}`)}</Button>
  );
  const answer = async (reason: string) => {
    switch (asking) {
      case 'cancel':
        return backend.cancelDelivery(delivery.id, reason);
      case 'unlock':
        return backend.unlockDelivery(delivery.id, reason);
      case 'recipient':
        return setSeen(await backend.recipient(delivery.id, reason));
      case null:
        return undefined;
      default:
        return backend.resolveDelivery(delivery.id, asking, reason);
    }
  };
  return (
    <>
      {seen && (
        <span className="card-note" role="status">{t('delivery.seen', { recipient: seen.recipient ?? t('delivery.nobody'), goods: seen.goods })}</span>
      )}
      <span className="controls-row">
        {delivery.locked && isDeliveryOpen(delivery) && ask('unlock')}
        {delivery.state === 'stranded' && OUTCOMES.map(ask)}
        {CANCELABLE.includes(delivery.state) && ask('cancel')}
        {!seen && ask('recipient')}
      </span>
      {asking && (
        <Asking
          title={t(`delivery.ask.${asking}`)} text={t(`delivery.ask.${asking}.text`)} confirm={t(`delivery.do.${asking}`)}
          onConfirm={answer} onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

/** By what a hand-over is proved, asked for when somebody looks. */
function Proof({ deliveryId }: { deliveryId: string }) {
  const { t, own, language } = useText();
  const { timezone } = useMoment();
  const [shown, setShown] = useState(false);
  const detail = useQuery({ queryKey: ['delivery', deliveryId], queryFn: () => backend.delivery(deliveryId), enabled: shown });
  const proof = detail.data?.proof;
  return (
    <details className="proof" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{t('delivery.proof')}</summary>
      <ProblemNote error={detail.error} />
      {detail.data && !proof && <p>{t('delivery.proof.none')}</p>}
      {proof && (
        <dl className="figures">
          <div><dt>{t('delivery.proof.at')}</dt><dd>{clockTime(proof.at, timezone, language)}</dd></div>
          <div><dt>{t('delivery.proof.pin')}</dt><dd>{proof.pin_verified_at ? clockTime(proof.pin_verified_at, timezone, language) : t('delivery.proof.noPin')}</dd></div>
          <div><dt>{t('delivery.proof.robot')}</dt><dd>{own(proof.robot_name)}</dd></div>
          <div><dt>{t('delivery.proof.place')}</dt><dd>{own(proof.place)}</dd></div>
          <div className="proof-hash"><dt>{t('delivery.proof.goods')}</dt><dd><code>{proof.goods_hash}</code></dd></div>
        </dl>
      )}
    </details>
  );
}

function progressOf(delivery: Delivery, { t }: Text): string {
  if (delivery.state === 'requested' && delivery.queue_position !== null) return t('call.queue', { position: delivery.queue_position });
  if (delivery.eta_s === null) return '';
  const minutes = minutesAway(delivery.eta_s);
  const where = delivery.state === 'assigned' || delivery.state === 'returning' ? 'shop' : 'spot';
  return minutes === null ? t(`delivery.soon.${where}`) : t(`delivery.eta.${where}`, { minutes });
}
