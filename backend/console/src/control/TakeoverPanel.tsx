import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Robot, Takeover } from '../api/types';
import { useMoment } from '../operations/moment';
import { Asking } from '../panels/Asking';
import { ProblemNote } from '../shell/Problems';
import { clockTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { DrivePad } from './DrivePad';

/** Who is in control of a robot; taking it over, handing it on, giving it back, and driving it by hand. */
export function TakeoverPanel({ robot }: { robot: Robot }) {
  const { t, own } = useText();
  const { me, mayOperate, lost } = useMoment();
  const [asking, setAsking] = useState<'take' | 'release' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { takeover } = robot;
  const mine = takeover?.holder === me.username;
  const inHand = mine && takeover.state !== 'lapsed';
  const mayRelease = takeover && (mine || me.role === 'admin');
  const act = (work: Promise<unknown>) => {
    setError(null);
    work.catch(setError);
  };
  if (!mayOperate && !takeover) return null;
  return (
    <section className="takeover" aria-label={t('takeover')}>
      <h3><Icon name="manual" size={16} /> {t('takeover')}</h3>
      {takeover ? <Holder takeover={takeover} mine={mine} /> : <p className="takeover-note">{t('takeover.none')}</p>}
      {mayOperate && (
        <div className="controls-row">
          {(!takeover || takeover.state === 'lapsed') && (
            <Button variant="default" leftSection={<Icon name="manual" />} disabled={lost} onClick={() => setAsking('take')}>
              {t(takeover ? 'takeover.again' : 'takeover.take')}
            </Button>
          )}
          {takeover?.offered_to === me.username && takeover.state !== 'lapsed' && (
            <Button variant="default" leftSection={<Icon name="check" />} disabled={lost} onClick={() => act(backend.acceptTakeover(robot.robot_id))}>
              {t('takeover.accept')}
            </Button>
          )}
          {mayRelease && (
            <Button variant="default" leftSection={<Icon name="driving" />} disabled={lost} onClick={() => setAsking('release')}>
              {t(mine ? 'takeover.release' : 'takeover.force')}
            </Button>
          )}
        </div>
      )}
      <ProblemNote error={error} />
      {inHand && <DrivePad key={takeover.id} robotId={robot.robot_id} robotName={own(robot.name)} stopped={robot.emergency_stop !== 'NONE' || lost} />}
      {inHand && <HandOver robotId={robot.robot_id} offeredTo={takeover.offered_to} onOffer={act} />}
      {asking === 'take' && (
        <Asking
          title={t('takeover.take.title')} text={t('takeover.take.text')} confirm={t('takeover.take.confirm')}
          onConfirm={(reason) => backend.takeOver(robot.robot_id, reason)} onClose={() => setAsking(null)}
        />
      )}
      {asking === 'release' && (
        <Asking
          title={t('takeover.release.title')} text={t(mine ? 'takeover.release.text' : 'takeover.force.text')}
          confirm={t('takeover.release.confirm')}
          onConfirm={(reason) => backend.releaseTakeover(robot.robot_id, reason)} onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function Holder({ takeover, mine }: { takeover: Takeover; mine: boolean }) {
  const { t, language } = useText();
  const { timezone } = useMoment();
  const since = clockTime(takeover.since, timezone, language);
  const lapsed = takeover.state === 'lapsed';
  return (
    <div className={lapsed ? 'takeover-note takeover-lapsed' : 'takeover-note'} role="status">
      <p>{t(mine ? 'takeover.mine' : 'takeover.held', { holder: takeover.holder, since })}</p>
      <p className="takeover-reason">{t('takeover.because', { reason: takeover.reason })}</p>
      {takeover.state === 'requested' && <p>{t('takeover.requested')}</p>}
      {lapsed && <p><strong>{t('takeover.lapsed')}</strong></p>}
      {takeover.offered_to && !lapsed && <p>{t('takeover.offered', { to: takeover.offered_to })}</p>}
    </div>
  );
}

function HandOver({ robotId, offeredTo, onOffer }: { robotId: string; offeredTo: string | null; onOffer: (work: Promise<unknown>) => void }) {
  const { t } = useText();
  const { me, lost } = useMoment();
  const [to, setTo] = useState<string | null>(offeredTo);
  const operators = useQuery({ queryKey: ['operators'], queryFn: backend.operators });
  const others = (operators.data ?? []).filter((name) => name !== me.username);
  return (
    <div className="hand-over">
      <Select
        label={t('takeover.to')} placeholder={t('takeover.to.choose')} data={others} value={to} onChange={setTo}
        nothingFoundMessage={t('takeover.to.none')}
      />
      <Button variant="default" disabled={lost || !to} onClick={() => to && onOffer(backend.handOver(robotId, to))}>
        {t('takeover.offer')}
      </Button>
    </div>
  );
}
