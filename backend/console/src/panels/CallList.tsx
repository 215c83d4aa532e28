import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { backend } from '../api/backend';
import type { Call } from '../api/types';
import { useMoment } from '../operations/moment';
import { ProblemNote } from '../shell/Problems';
import { isCallOpen } from '../stream/frames';
import { useLive } from '../stream/store';
import { age, minutesAway } from '../text/figures';
import { Icon } from '../text/Icon';
import { type Text, useText } from '../text/Text';
import { LifeBadge } from './StateBadge';

const newestFirst = (a: Call, b: Call) => (a.id < b.id ? 1 : -1);

export function CallList({ onRobot }: { onRobot: (robotId: string) => void }) {
  const { t } = useText();
  const { fleet, known } = useLive();
  const calls = Object.values(fleet.calls).sort(newestFirst);
  const open = calls.filter(isCallOpen);
  const ended = calls.filter((call) => !isCallOpen(call));
  return (
    <>
      <h2 className="side-title">{t('calls.open')}</h2>
      {known && open.length === 0 && <p className="empty">{t('calls.none')}</p>}
      <ul className="cards">{open.map((call) => <CallCard key={call.id} call={call} onRobot={onRobot} />)}</ul>
      {ended.length > 0 && <h2 className="side-title">{t('calls.ended')}</h2>}
      <ul className="cards">{ended.map((call) => <CallCard key={call.id} call={call} onRobot={onRobot} />)}</ul>
    </>
  );
}

function CallCard({ call, onRobot }: { call: Call; onRobot: (robotId: string) => void }) {
  const text = useText();
  const { t, own, language } = text;
  const { nowMs, mayOperate, lost } = useMoment();
  const cancel = useMutation({ mutationFn: () => backend.cancelCall(call.id) });
  const robotId = call.robot_id;
  return (
    <li className={lost ? 'card stale' : 'card'}>
      <span className="card-head"><strong>{own(call.spot_name)}</strong><LifeBadge state={call.state} /></span>
      <span className="card-line">
        {robotId && (
          <Button variant="subtle" size="compact-sm" leftSection={<Icon name="robot" size={16} />} onClick={() => onRobot(robotId)}>
            {own(call.robot_name) || robotId}
          </Button>
        )}
        <span>{progressOf(call, text)}</span>
        <span className="age">{t('call.age', { age: age((nowMs - Date.parse(call.created_at)) / 1000, language) })}</span>
      </span>
      {call.reason && <span className="card-note">{own(call.reason)}</span>}
      <ProblemNote error={cancel.error} />
      {mayOperate && isCallOpen(call) && (
        <Button
          variant="default" size="xs" loading={cancel.isPending} disabled={lost} onClick={() => cancel.mutate()}
          aria-label={t('call.cancelOf', { spot: own(call.spot_name) })}
        >
          {t('call.cancel')}
        </Button>
      )}
    </li>
  );
}

function progressOf(call: Call, { t }: Text): string {
  if (call.state === 'queued' && call.queue_position !== null) return t('call.queue', { position: call.queue_position });
  if (call.state === 'arrived' && call.countdown_s !== null) return t('call.countdown', { seconds: Math.ceil(call.countdown_s) });
  if (call.state !== 'assigned' || call.eta_s === null) return '';
  const minutes = minutesAway(call.eta_s);
  return minutes === null ? t('call.etaSoon') : t('call.eta', { minutes });
}
