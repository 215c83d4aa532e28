import { useEffect, useRef, useState } from 'react';
import { backend } from '../api/backend';
import { newId } from '../api/identity';
import type { Command, CommandKind, RobotCommand } from '../api/types';
import { secondsBetween } from '../text/figures';

export type Sending =
  | { phase: 'sending'; kind: CommandKind }
  | { phase: 'sent'; kind: CommandKind }
  | { phase: 'acknowledged'; kind: CommandKind; ms: number }
  | { phase: 'failed'; kind: CommandKind; error: unknown; detail: string }
  | { phase: 'unanswered'; kind: CommandKind; seconds: number };

const ASK_EVERY_MS = 150;
const GIVE_UP_AFTER_MS = 10_000;

const pause = (ms: number) => new Promise((done) => window.setTimeout(done, ms));

/** Where a command stands, in the words of the screen. */
export function phaseOf(command: Command): Sending {
  const { kind } = command;
  if (command.acknowledged_at) {
    const from = command.sent_at ?? command.requested_at;
    return { phase: 'acknowledged', kind, ms: Math.max(0, Math.round(secondsBetween(from, command.acknowledged_at) * 1000)) };
  }
  if (command.state === 'failed' || command.state === 'expired') {
    return { phase: 'failed', kind, error: null, detail: command.result ?? command.state };
  }
  return { phase: 'sent', kind };
}

/** Sends commands to one robot and follows each until the robot has acknowledged it. */
export function useCommand(robotId: string) {
  const [sending, setSending] = useState<Sending | null>(null);
  const latest = useRef('');
  useEffect(() => {
    latest.current = '';
    setSending(null);
    return () => {
      latest.current = '';
    };
  }, [robotId]);

  const send = async (kind: RobotCommand, reason: string): Promise<void> => {
    const commandId = newId();
    latest.current = commandId;
    const show = (next: Sending): boolean => {
      if (latest.current !== commandId) return false;
      setSending(next);
      return next.phase === 'sent';
    };
    show({ phase: 'sending', kind });
    try {
      const startedMs = Date.now();
      let open = show(phaseOf(await backend.command(robotId, commandId, kind, reason)));
      while (open) {
        if (Date.now() - startedMs > GIVE_UP_AFTER_MS) {
          show({ phase: 'unanswered', kind, seconds: GIVE_UP_AFTER_MS / 1000 });
          return;
        }
        await pause(ASK_EVERY_MS);
        open = show(phaseOf(await backend.commandState(commandId)));
      }
    } catch (error) {
      show({ phase: 'failed', kind, error, detail: '' });
    }
  };
  return { sending, send };
}
