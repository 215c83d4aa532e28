import type { Collection } from '../api/types';
import { LifeBadge } from '../panels/StateBadge';
import { dayTime } from '../text/figures';
import { useText } from '../text/Text';

const TIMETABLE = 'timetable';

interface Props {
  rounds: Collection[] | undefined;
  timezone: string;
  onOpen: (roundId: string) => void;
}

export function CollectionList({ rounds, timezone, onOpen }: Props) {
  const { t } = useText();
  return (
    <>
      <h2 className="side-title">{t('rounds.list')}</h2>
      {rounds?.length === 0 && <p className="empty">{t('rounds.noRounds')}</p>}
      <ul className="cards">
        {rounds?.map((round) => (
          <li key={round.id}>
            <button type="button" className="card" onClick={() => onOpen(round.id)}><CollectionHead round={round} timezone={timezone} /></button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a list and the round's own screen both say of it. */
export function CollectionHead({ round, timezone }: { round: Collection; timezone: string }) {
  const { t, language } = useText();
  const begun = round.due_at ?? round.created_at;
  return (
    <>
      <span className="card-head">
        <strong><time dateTime={begun}>{dayTime(begun, timezone, language)}</time></strong>
        <LifeBadge state={round.state} group="rounds.state" />
      </span>
      <span className="card-line">
        <span>{t('rounds.progress', { done: round.stops_done, stops: round.stops })}</span>
        {round.stops_left > 0 && <span>{t('rounds.left', { count: round.stops_left })}</span>}
        <span>{t('rounds.until', { at: dayTime(round.latest_at, timezone, language) })}</span>
        <span className="age">{round.made_by === TIMETABLE ? t('rounds.byTimetable') : t('rounds.by', { by: round.made_by })}</span>
      </span>
      {round.cancel_requested && round.ended_at === null && <span className="card-note">{t('rounds.canceling')}</span>}
    </>
  );
}
