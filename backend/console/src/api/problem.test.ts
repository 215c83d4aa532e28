import { describe, expect, it } from 'vitest';
import { problemFrom } from './problem';

describe('problemFrom', () => {
  it('reads a problem document', () => {
    const problem = problemFrom(409, { code: 'spot_busy', detail: 'busy', messages: { ko: '이미', en: 'already' } });
    expect([problem.status, problem.code, problem.message, problem.messages?.ko]).toEqual([409, 'spot_busy', 'busy', '이미']);
  });

  it.each([null, 'text', 7, {}, { messages: 'no' }])('makes do with %j', (body) => {
    const problem = problemFrom(502, body);
    expect([problem.status, problem.code, problem.message, problem.messages]).toEqual([502, '', 'HTTP 502', null]);
  });
});
