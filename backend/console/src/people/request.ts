import { Problem, problemFrom, UNREACHABLE } from '../api/problem';

const TIMEOUT_MS = 10_000;

/** Without cookies: an operator who opens the page is there like anybody else. */
export async function request<T>(method: string, path: string, ticket: string | null, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {};
  if (ticket) headers.Authorization = `Bearer ${ticket}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    answer = await response.json();
  } catch (error) {
    throw new Problem(UNREACHABLE, 'unreachable', String(error), null);
  }
  if (!response.ok) throw problemFrom(response.status, answer);
  return answer as T;
}
