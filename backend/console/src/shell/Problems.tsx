import { Alert } from '@mantine/core';
import { Problem, UNREACHABLE } from '../api/problem';
import { type Text, useText } from '../text/Text';

/** One clear sentence for anything that can be thrown. */
export function sentenceOf(error: unknown, text: Text): string {
  if (!(error instanceof Problem)) return text.t('unreachable');
  if (error.status === UNREACHABLE) return text.t('unreachable');
  return error.messages ? text.own(error.messages) : text.t('failed', { detail: error.message });
}

export function ProblemNote({ error }: { error: unknown }) {
  const text = useText();
  if (!error) return null;
  return (
    <Alert color="red" variant="outline" role="alert" p="xs">
      {sentenceOf(error, text)}
    </Alert>
  );
}
