import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { backend } from '../api/backend';
import { useLive } from '../stream/store';

const PATROL = 'patrol';
const SAFETY_MS = 30_000;

/** Routes, rounds and the selected round; read again whenever the stream tells a fact about a round or a mission. */
export function usePatrol(roundId: string | null) {
  const queries = useQueryClient();
  const { fleet } = useLive();
  const newest = fleet.events.findLast((event) => event.call_id !== null)?.id;
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: [PATROL] });
  }, [queries, newest]);
  const options = { refetchInterval: SAFETY_MS };
  const routes = useQuery({ queryKey: [PATROL, 'routes'], queryFn: backend.patrolRoutes, ...options });
  const rounds = useQuery({ queryKey: [PATROL, 'rounds'], queryFn: backend.patrolRounds, ...options });
  const round = useQuery({
    queryKey: [PATROL, 'round', roundId],
    queryFn: () => backend.patrolRound(roundId ?? ''),
    enabled: roundId !== null,
    ...options,
  });
  const again = () => void queries.invalidateQueries({ queryKey: [PATROL] });
  return { routes, rounds, round, again };
}
