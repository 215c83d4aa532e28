import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Observation, PatrolPoint, RoundDetail } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { clockTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { RoundHead } from './RoundList';

const OPEN: readonly string[] = ['due', 'assigned', 'under_way'] satisfies RoundDetail['state'][];

interface Props {
  round: RoundDetail;
  timezone: string;
  operates: boolean;
  onChange: () => void;
  onBack: () => void;
}

export function RoundDetails({ round, timezone, operates, onChange, onBack }: Props) {
  const { t, own } = useText();
  const cancel = useMutation({ mutationFn: () => backend.cancelRound(round.id), onSettled: onChange });
  return (
    <>
      <Button variant="subtle" size="compact-md" leftSection={<Icon name="back" size={16} />} onClick={onBack} className="back">{t('back')}</Button>
      <h2 className="visually-hidden">{own(round.route_name)}</h2>
      <div className="card"><RoundHead round={round} timezone={timezone} /></div>
      <ProblemNote error={cancel.error} />
      {operates && OPEN.includes(round.state) && (
        <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate()} className="back">{t('patrol.cancel')}</Button>
      )}
      <p className="empty">{t(operates ? 'patrol.recorded' : 'patrol.operatorsOnly')}</p>
      <ol className="cards">
        {round.points.map((point, index) => (
          <PointCard
            key={point.point_id} point={point} number={index + 1} timezone={timezone} operates={operates}
            seen={round.observations.filter((each) => each.point_id === point.point_id)}
          />
        ))}
      </ol>
    </>
  );
}

interface PointProps {
  point: PatrolPoint;
  number: number;
  seen: Observation[];
  timezone: string;
  operates: boolean;
}

function PointCard({ point, number, seen, timezone, operates }: PointProps) {
  const { t, own } = useText();
  return (
    <li className="card" data-point={point.point_id}>
      <h3 className="point-name"><span className={seen.length ? 'point-number point-seen' : 'point-number'}>{number}</span>{own(point.name)}</h3>
      {seen.length === 0 && <span className="age">{t('patrol.unseen')}</span>}
      {seen.map((each) => <Seen key={each.id} seen={each} timezone={timezone} operates={operates} />)}
    </li>
  );
}

function Seen({ seen, timezone, operates }: { seen: Observation; timezone: string; operates: boolean }) {
  const { t, own, language } = useText();
  const [large, setLarge] = useState(false);
  const source = `/api/patrol/observations/${encodeURIComponent(seen.id)}/picture`;
  const at = clockTime(seen.taken_at, timezone, language);
  const label = t('patrol.pictureOf', { point: own(seen.point_name), at });
  return (
    <div className="seen">
      <span className="card-line">
        <time dateTime={seen.taken_at}>{at}</time>
        {seen.people_seen !== null && <span>{t('patrol.people', { count: seen.people_seen })}</span>}
        {!seen.has_picture && <span className="age">{t('patrol.noPicture')}</span>}
      </span>
      {seen.has_picture && operates && (
        <button type="button" className="seen-picture" onClick={() => setLarge(true)} aria-label={t('patrol.enlarge', { picture: label })}>
          <img src={source} alt={label} width={320} height={240} loading="lazy" />
        </button>
      )}
      <Modal.Root opened={large} onClose={() => setLarge(false)} centered size="xl">
        <Modal.Overlay />
        <Modal.Content p="lg" radius="lg">
          <Modal.Title className="asking-title">{label}</Modal.Title>
          <img src={source} alt={label} className="seen-large" />
          <Button variant="default" mt="md" onClick={() => setLarge(false)}>{t('patrol.close')}</Button>
        </Modal.Content>
      </Modal.Root>
    </div>
  );
}
