import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { backend } from '../api/backend';
import { useLive } from '../stream/store';

const ROUNDS = 'rounds';
const SAFETY_MS = 30_000;

/** Spots, rounds and the selected round; read again whenever the stream tells that something about one is new. */
export function useRounds(roundId: string | null) {
  const queries = useQueryClient();
  const { fleet } = useLive();
  const again = () => void queries.invalidateQueries({ queryKey: [ROUNDS] });
  useEffect(again, [queries, fleet.roundsTold]);
  const options = { refetchInterval: SAFETY_MS };
  const spots = useQuery({ queryKey: [ROUNDS, 'spots'], queryFn: backend.expectedLitres, ...options });
  const rounds = useQuery({ queryKey: [ROUNDS, 'list'], queryFn: backend.collections, ...options });
  const round = useQuery({
    queryKey: [ROUNDS, 'round', roundId],
    queryFn: () => backend.collection(roundId ?? ''),
    enabled: roundId !== null,
    ...options,
  });
  return { spots, rounds, round, again };
}
