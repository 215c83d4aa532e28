import type { Round } from '../api/types';
import { LifeBadge } from '../panels/StateBadge';
import { dayTime } from '../text/figures';
import { useText } from '../text/Text';

interface Props {
  rounds: Round[] | undefined;
  timezone: string;
  onOpen: (roundId: string) => void;
}

export function RoundList({ rounds, timezone, onOpen }: Props) {
  const { t } = useText();
  return (
    <>
      <h2 className="side-title">{t('patrol.rounds')}</h2>
      {rounds?.length === 0 && <p className="empty">{t('patrol.noRounds')}</p>}
      <ul className="cards">
        {rounds?.map((round) => (
          <li key={round.id}>
            <button type="button" className="card" onClick={() => onOpen(round.id)}><RoundHead round={round} timezone={timezone} /></button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a list and the round's own screen both say of it. */
export function RoundHead({ round, timezone }: { round: Round; timezone: string }) {
  const { t, own, language } = useText();
  return (
    <>
      <span className="card-head">
        <strong><time dateTime={round.due_at}>{dayTime(round.due_at, timezone, language)}</time></strong>
        <LifeBadge state={round.state} />
      </span>
      <span className="card-line">
        <span>{own(round.route_name)}{round.extra && ` · ${t('patrol.isExtra')}`}</span>
        {round.robot_name && <span>{own(round.robot_name)}</span>}
        <span className="age">{t('patrol.seenOf', { seen: round.points_seen, count: round.points.length })}</span>
      </span>
      {round.reason && <span className="card-note">{own(round.reason)}</span>}
    </>
  );
}
