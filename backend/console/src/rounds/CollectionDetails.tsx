import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { backend } from '../api/backend';
import type { CollectionDetail, RoundStop } from '../api/types';
import { LifeBadge } from '../panels/StateBadge';
import { ProblemNote } from '../shell/Problems';
import { clockTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { CollectionHead } from './CollectionList';
import { colourOf, robotsOf, total } from './plan';

interface Props {
  round: CollectionDetail;
  timezone: string;
  operates: boolean;
  lost: boolean;
  onChange: () => void;
  onBack: () => void;
}

export function CollectionDetails({ round, timezone, operates, lost, onChange, onBack }: Props) {
  const { t } = useText();
  const cancel = useMutation({ mutationFn: () => backend.cancelCollection(round.id), onSettled: onChange });
  const robots = robotsOf(round.stop_list);
  return (
    <>
      <Button variant="subtle" size="compact-md" leftSection={<Icon name="back" size={16} />} onClick={onBack} className="back">{t('back')}</Button>
      <h2 className="visually-hidden">{t('nav.rounds')}</h2>
      <div className="card"><CollectionHead round={round} timezone={timezone} /></div>
      <ProblemNote error={cancel.error} />
      {operates && round.ended_at === null && !round.cancel_requested && (
        <Button variant="default" size="xs" disabled={lost} loading={cancel.isPending} onClick={() => cancel.mutate()} className="back">{t('rounds.cancel')}</Button>
      )}
      <ol className="cards">
        {round.stop_list.map((stop) => (
          <StopCard key={stop.id} stop={stop} colour={stop.robot_id ? colourOf(robots.indexOf(stop.robot_id)) : null} timezone={timezone} />
        ))}
      </ol>
    </>
  );
}

function StopCard({ stop, colour, timezone }: { stop: RoundStop; colour: string | null; timezone: string }) {
  const { t, own, language } = useText();
  const time = (at: string) => clockTime(at, timezone, language).slice(0, 5);
  return (
    <li className="card" data-stop={stop.spot_id} data-stop-id={stop.id}>
      <span className="card-head"><h3 className="point-name">{own(stop.spot_name)}</h3><LifeBadge state={stop.state} group="rounds.state" /></span>
      <span className="card-line">
        {stop.robot_name && <span>{colour && <span className="tour-swatch" style={{ background: colour }} />}{own(stop.robot_name)}</span>}
        {stop.ended_at === null && stop.expected_at && <span>{t('rounds.expected', { at: time(stop.expected_at) })}</span>}
        {stop.ended_at && <time dateTime={stop.ended_at}>{time(stop.ended_at)}</time>}
        <span className="age">
          {stop.collected ? t('rounds.collected', { litres: total(stop.collected).toFixed(1) }) : t('rounds.litres', { litres: Math.round(total(stop.litres)) })}
        </span>
      </span>
      {stop.reason && <span className="card-note">{own(stop.reason)}</span>}
    </li>
  );
}
