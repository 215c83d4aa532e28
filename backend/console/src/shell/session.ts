import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { backend } from '../api/backend';
import { Problem } from '../api/problem';
import type { Account } from '../api/types';

const SESSION = ['session'];

/** The account that is logged in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: SESSION,
    queryFn: async (): Promise<Account | null> => {
      try {
        return await backend.session();
      } catch (error) {
        if (error instanceof Problem && (error.status === 401 || error.status === 403)) return null;
        throw error;
      }
    },
    refetchOnWindowFocus: true,
  });
}

export function useLogIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (form: { username: string; password: string }) => backend.logIn(form.username, form.password),
    onSuccess: (account) => queries.setQueryData(SESSION, account),
  });
}

export function useLogOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => backend.logOut(),
    onSettled: () => {
      queries.setQueryData(SESSION, null);
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
    },
  });
}

/** Forget who is logged in, so that the log-in screen comes. */
export function useSessionLost(): () => void {
  const queries = useQueryClient();
  return () => queries.setQueryData(SESSION, null);
}

export const mayOperate = (account: Account): boolean => account.role !== 'viewer';

export function useSite() {
  return useQuery({ queryKey: ['site'], queryFn: backend.site, staleTime: Infinity, retry: 3 });
}
