import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Mission, Robot, RobotCommand } from '../api/types';
import { useMoment } from '../operations/moment';
import { sentenceOf } from '../shell/Problems';
import { isMissionOpen } from '../stream/frames';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { Asking } from './Asking';
import { type Sending, useCommand } from './useCommand';

export function RobotControls({ robot, mission }: { robot: Robot; mission: Mission | undefined }) {
  const { t, word } = useText();
  const { mayOperate, lost } = useMoment();
  const { sending, send } = useCommand(robot.robot_id);
  const [asking, setAsking] = useState<'release' | 'cancel' | null>(null);
  const [canceled, setCanceled] = useState<string | null>(null);
  if (!mayOperate) return <p className="empty">{t('role.needed')}</p>;
  const press = (kind: RobotCommand) => void send(kind, t('command.by'));
  const off = lost || !robot.online;
  return (
    <div className="controls">
      {robot.stops.length > 0 && (
        <p className="stops"><Icon name="stopped" size={16} /> {robot.stops.map((source) => word('stop', source)).join(' · ')}</p>
      )}
      {robot.stops.includes('robot') ? (
        <Button className="estop-release" size="md" variant="outline" color="red" disabled={off} onClick={() => setAsking('release')}>
          {t('command.release_emergency_stop')}
        </Button>
      ) : (
        <Button
          className="estop" size="lg" color="red" leftSection={<Icon name="stopped" size={24} />}
          disabled={lost} onClick={() => press('emergency_stop')}
        >
          {t('command.emergency_stop')}
        </Button>
      )}
      <div className="controls-row">
        {robot.paused ? (
          <Button variant="default" leftSection={<Icon name="driving" />} disabled={off} onClick={() => press('resume')}>{t('command.resume')}</Button>
        ) : (
          <Button variant="default" leftSection={<Icon name="paused" />} disabled={off} onClick={() => press('pause')}>{t('command.pause')}</Button>
        )}
        <Button
          variant="default" leftSection={<Icon name="cross" />} onClick={() => setAsking('cancel')}
          disabled={lost || !mission || !isMissionOpen(mission)}
        >
          {t('mission.cancel')}
        </Button>
      </div>
      <div role="status" aria-live="polite">
        {sending && <SendingNote sending={sending} />}
        {canceled && canceled === mission?.id && <Alert color="gray" variant="outline" p="xs" mt="xs">{t('mission.cancel.done')}</Alert>}
      </div>
      {asking === 'release' && (
        <Asking
          title={t('release.title')} text={t('release.text')} confirm={t('release.confirm')}
          onConfirm={async (reason) => void send('release_emergency_stop', reason)} onClose={() => setAsking(null)}
        />
      )}
      {asking === 'cancel' && mission && (
        <Asking
          title={t('mission.cancel.title')} text={t('mission.cancel.text')} confirm={t('mission.cancel.confirm')}
          onConfirm={async (reason) => {
            await backend.cancelMission(mission.id, reason);
            setCanceled(mission.id);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function SendingNote({ sending }: { sending: Sending }) {
  const text = useText();
  const { t } = text;
  const command = t(`command.${sending.kind}`);
  const bad = sending.phase === 'failed' || sending.phase === 'unanswered';
  const good = sending.phase === 'acknowledged';
  const words = () => {
    switch (sending.phase) {
      case 'acknowledged':
        return t('command.acknowledged', { command, ms: sending.ms });
      case 'unanswered':
        return t('command.unanswered', { command, seconds: sending.seconds });
      case 'failed':
        return t('command.failed', { command, detail: sending.error ? sentenceOf(sending.error, text) : sending.detail });
      default:
        return t(`command.${sending.phase}`, { command });
    }
  };
  return (
    <Alert
      className="sending" data-phase={sending.phase} color={bad ? 'red' : good ? 'green' : 'blue'} variant="outline" p="xs"
      icon={<Icon name={bad ? 'incident' : good ? 'check' : 'waiting'} />}
    >
      {words()}
    </Alert>
  );
}
