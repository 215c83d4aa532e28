import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { backend } from '../api/backend';
import type { Account, RoundStop, Site } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { goTo } from '../shell/route';
import { mayOperate } from '../shell/session';
import { useLive } from '../stream/store';
import { useText } from '../text/Text';
import { useNow } from '../text/useNow';
import { CollectionDetails } from './CollectionDetails';
import { CollectionList } from './CollectionList';
import { type Choice, choicePins, stopPins, toggled, waysOf, wishOf } from './plan';
import { RoundForm } from './RoundForm';
import './rounds.css';
import { useRounds } from './useRounds';

// MapLibre is most of the console's weight; lists must not wait for it.
const ParkMap = lazy(() => import('../map/ParkMap'));
const NOTHING: Choice = new Map();

interface Props {
  account: Account;
  site: Site;
  roundId: string | null;
}

/** Rounds that collect at many spots: operators choose spots, look at the tours, begin; everybody follows. */
export default function RoundsPage({ account, site, roundId }: Props) {
  const { t, own, word } = useText();
  const { fleet, connection } = useLive();
  const { spots, rounds, round, again } = useRounds(roundId);
  const [choice, setChoice] = useState(NOTHING);
  const [latest, setLatest] = useState('');
  const lists = useRef<HTMLDivElement>(null);
  const nowMs = useNow() + fleet.skewMs;
  const lost = connection !== 'open';
  const operates = mayOperate(account);
  const preview = useMutation({ mutationFn: () => backend.previewCollection(wishOf(choice, latest, nowMs)) });
  const begin = useMutation({
    mutationFn: () => backend.beginCollection(wishOf(choice, latest, nowMs)),
    onSuccess: (made) => {
      choose(NOTHING);
      open(made.id);
    },
    onSettled: again,
  });
  const open = (id: string | null) => goTo({ page: 'rounds', roundId: id });
  const choose = (after: Choice) => {
    setChoice(after);
    preview.reset();
    begin.reset();
  };
  const toggle = (spotId: string) => spots.data?.some((spot) => spot.spot_id === spotId && !spot.in_round) && choose(toggled(choice, spotId));
  const forecast = preview.data ?? null;
  const selected = roundId ? round.data : undefined;
  const labelOf = (stop: RoundStop, mark: string) => t('rounds.pin', { mark, spot: own(stop.spot_name), state: word('rounds.state', stop.state) });
  const pins = useMemo(
    () => (roundId ? stopPins(selected?.stop_list ?? [], labelOf) : operates ? choicePins(spots.data ?? [], choice, forecast, t, own) : []),
    // Words change with the language only, and with it `t`.
    [roundId, selected, operates, spots.data, choice, forecast, t],
  );
  const ways = useMemo(() => (roundId ? [] : waysOf(forecast?.tours ?? [])), [roundId, forecast]);
  return (
    <main className="live patrol rounds">
      <Suspense fallback={<div className="park" />}>
        <ParkMap
          site={site} fleet={fleet} nowMs={nowMs} lost={lost} selectedId={null} points={pins} ways={ways}
          onRobot={(robotId) => goTo({ page: 'live', pane: 'robots', robotId })}
          onCall={() => goTo({ page: 'live', pane: 'calls', robotId: null })}
          onPoint={(id) => (roundId === null ? toggle(id) : lists.current?.querySelector(`[data-stop-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'center' }))}
        />
      </Suspense>
      <section className="side" aria-label={t('nav.rounds')}>
        <div className="side-body" ref={lists}>
          <ProblemNote error={spots.error ?? rounds.error ?? round.error} />
          {roundId !== null && selected && (
            <CollectionDetails round={selected} timezone={site.timezone} operates={operates} lost={lost} onChange={again} onBack={() => open(null)} />
          )}
          {roundId === null && (
            <>
              {operates ? (
                <RoundForm
                  spots={spots.data ?? []} choice={choice} latest={latest} timezone={site.timezone} lost={lost} preview={preview} begin={begin}
                  onChoice={choose}
                  onLatest={(minutes) => {
                    setLatest(minutes);
                    preview.reset();
                  }}
                />
              ) : <p className="empty">{t('rounds.viewer')}</p>}
              <CollectionList rounds={rounds.data} timezone={site.timezone} onOpen={open} />
            </>
          )}
        </div>
      </section>
    </main>
  );
}
