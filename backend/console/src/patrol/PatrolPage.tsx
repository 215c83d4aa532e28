import { lazy, Suspense, useRef } from 'react';
import type { Account, Site } from '../api/types';
import { goTo } from '../shell/route';
import { ProblemNote } from '../shell/Problems';
import { mayOperate } from '../shell/session';
import { useLive } from '../stream/store';
import { useText } from '../text/Text';
import { useNow } from '../text/useNow';
import { pinsOf } from './pins';
import { RoundDetails } from './RoundDetails';
import { RoundList } from './RoundList';
import { RouteList } from './RouteList';
import { usePatrol } from './usePatrol';

// MapLibre is most of the console's weight; lists must not wait for it.
const ParkMap = lazy(() => import('../map/ParkMap'));

interface Props {
  account: Account;
  site: Site;
  roundId: string | null;
}

export function PatrolPage({ account, site, roundId }: Props) {
  const { t, own } = useText();
  const { fleet, connection } = useLive();
  const { routes, rounds, round, again } = usePatrol(roundId);
  const lists = useRef<HTMLDivElement>(null);
  const nowMs = useNow() + fleet.skewMs;
  const operates = mayOperate(account);
  const selected = roundId ? round.data : undefined;
  const points = selected?.points ?? routes.data?.[0]?.points ?? [];
  const pins = pinsOf(points, selected?.observations ?? [], {
    seen: t('patrol.seen'),
    unseen: t('patrol.unseen'),
    nameOf: (point) => own(point.name),
  });
  const openRound = (id: string | null) => goTo({ page: 'patrol', roundId: id });
  const openPoint = (pointId: string) => lists.current?.querySelector(`[data-point="${CSS.escape(pointId)}"]`)?.scrollIntoView({ block: 'center' });
  return (
    <main className="live patrol">
      <Suspense fallback={<div className="park" />}>
        <ParkMap
          site={site} fleet={fleet} nowMs={nowMs} lost={connection !== 'open'} selectedId={selected?.robot_id ?? null} points={pins}
          onRobot={(robotId) => goTo({ page: 'live', pane: 'robots', robotId })}
          onCall={() => goTo({ page: 'live', pane: 'calls', robotId: null })} onPoint={openPoint}
        />
      </Suspense>
      <section className="side" aria-label={t('nav.patrol')}>
        <div className="side-body" ref={lists}>
          <ProblemNote error={routes.error ?? rounds.error ?? round.error} />
          {roundId === null ? (
            <>
              <RouteList routes={routes.data} operates={operates} onChange={again} />
              <RoundList rounds={rounds.data} timezone={site.timezone} onOpen={openRound} />
            </>
          ) : (
            selected && (
              <RoundDetails
                round={selected} timezone={site.timezone} operates={operates} onChange={again} onBack={() => openRound(null)}
              />
            )
          )}
        </div>
      </section>
    </main>
  );
}
