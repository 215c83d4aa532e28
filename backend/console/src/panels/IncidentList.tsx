import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Incident } from '../api/types';
import { useMoment } from '../operations/moment';
import { ProblemNote } from '../shell/Problems';
import { hashOf } from '../shell/route';
import { isIncidentOpen } from '../stream/frames';
import { useLive } from '../stream/store';
import { age, clockTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { Asking } from './Asking';
import { StateBadge } from './StateBadge';

export function IncidentList({ onRobot }: { onRobot: (robotId: string) => void }) {
  const { t } = useText();
  const { fleet, known } = useLive();
  const incidents = Object.values(fleet.incidents).sort((a, b) => (a.id < b.id ? 1 : -1));
  const open = incidents.filter(isIncidentOpen);
  const resolved = incidents.filter((incident) => !isIncidentOpen(incident));
  return (
    <>
      <h2 className="side-title">{t('incidents.open')}</h2>
      {known && open.length === 0 && <p className="empty">{t('incidents.none')}</p>}
      <ul className="cards">{open.map((each) => <IncidentCard key={each.id} incident={each} onRobot={onRobot} />)}</ul>
      {resolved.length > 0 && <h2 className="side-title">{t('incidents.resolved')}</h2>}
      <ul className="cards">{resolved.map((each) => <IncidentCard key={each.id} incident={each} onRobot={onRobot} />)}</ul>
    </>
  );
}

export const INCIDENT_LOOK = {
  open: ['incident', 'red'],
  acknowledged: ['flag', 'yellow'],
  resolved: ['check', 'green'],
} as const;

function IncidentCard({ incident, onRobot }: { incident: Incident; onRobot: (robotId: string) => void }) {
  const { t, own, language } = useText();
  const { fleet } = useLive();
  const { nowMs, mayOperate, lost, timezone } = useMoment();
  const [asking, setAsking] = useState(false);
  const acknowledge = useMutation({ mutationFn: () => backend.acknowledge(incident.id, '') });
  const [icon, colour] = INCIDENT_LOOK[incident.state];
  const robotId = incident.robot_id;
  return (
    <li className="card">
      <span className="card-head"><strong>{own(incident.text)}</strong><StateBadge icon={icon} colour={colour} label={t(`incident.${incident.state}`)} /></span>
      <span className="card-line">
        {robotId && (
          <Button variant="subtle" size="compact-sm" leftSection={<Icon name="robot" size={16} />} onClick={() => onRobot(robotId)}>
            {own(fleet.robots[robotId]?.name) || robotId}
          </Button>
        )}
        <span className="age">
          {clockTime(incident.created_at, timezone, language)} · {t('robot.age', { age: age((nowMs - Date.parse(incident.created_at)) / 1000, language) })}
        </span>
        {incident.acknowledged_by && <span className="age">{incident.acknowledged_by}</span>}
      </span>
      {mayOperate && robotId && <a className="card-link" href={hashOf({ page: 'manage', tab: 'recordings', id: incident.id })}>{t('recordings.incident')}</a>}
      <ProblemNote error={acknowledge.error} />
      {mayOperate && isIncidentOpen(incident) && (
        <span className="controls-row">
          {incident.state === 'open' && (
            <Button variant="default" size="xs" disabled={lost} loading={acknowledge.isPending} onClick={() => acknowledge.mutate()}>{t('incident.acknowledge')}</Button>
          )}
          <Button variant="default" size="xs" disabled={lost} onClick={() => setAsking(true)}>{t('incident.resolve')}</Button>
        </span>
      )}
      {asking && (
        <Asking
          title={t('incident.resolve.title')} text={t('incident.resolve.text')} confirm={t('incident.resolve')}
          onConfirm={(note) => backend.resolve(incident.id, note)} onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
