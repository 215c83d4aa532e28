import type { LocalText } from './types';

/** What the backend answered instead of what was asked (RFC 9457), or that it could not be reached (`status` 0). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly messages: LocalText | null;

  constructor(status: number, code: string, detail: string, messages: LocalText | null) {
    super(detail);
    this.status = status;
    this.code = code;
    this.messages = messages;
  }
}

export const UNREACHABLE = 0;

interface ProblemBody {
  code?: unknown;
  title?: unknown;
  detail?: unknown;
  messages?: unknown;
}

function isLocalText(value: unknown): value is LocalText {
  return typeof value === 'object' && value !== null && 'ko' in value && 'en' in value;
}

export function problemFrom(status: number, body: unknown): Problem {
  const fields: ProblemBody = typeof body === 'object' && body !== null ? body : {};
  const detail = typeof fields.detail === 'string' ? fields.detail : String(fields.title ?? `HTTP ${status}`);
  const code = typeof fields.code === 'string' ? fields.code : '';
  return new Problem(status, code, detail, isLocalText(fields.messages) ? fields.messages : null);
}
