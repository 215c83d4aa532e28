/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { Call } from '../api/types';
import { minutesAway } from '../text/figures';
import { PageFrame } from '../people/PageFrame';
import { ParkSketch } from '../people/ParkSketch';
import { remaining } from '../people/remaining';
import { type Language, local } from '../text/language';
import type { Following } from './following';
import { isOpen, type Resident, STEPS, stepOf } from './machine';
import { type Say, sayIn } from './words';

export function Page({ following }: { following: Following }) {
  const [, redraw] = useState(0);
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => following.subscribe(() => redraw((count) => count + 1)), [following]);
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  const state = following.read();
  return (
    <PageFrame title={(language) => sayIn(language)('title')}>
      {(language) => {
        const say = sayIn(language);
        return (
          <>
            {state.ticket && <p class="here">{say('here', { spot: local(state.ticket.spot.name, language) })}</p>}
            <Body state={state} following={following} say={say} language={language} nowMs={Math.max(nowMs, state.heardAtMs)} />
            <TroubleNote state={state} say={say} language={language} />
          </>
        );
      }}
    </PageFrame>
  );
}

interface Parts {
  state: Resident;
  following: Following;
  say: Say;
  language: Language;
}

function Body(props: Parts & { nowMs: number }) {
  const { state, say, following, language } = props;
  if (state.phase === 'unusable') {
    return (
      <section class="card">
        <h2>{say('error.invalid')}</h2>
        <p>{say('error.invalid.text')}</p>
      </section>
    );
  }
  if (state.phase === 'opening') return <p class="card" role="status">{say('loading')}</p>;
  if (state.phase === 'following' && state.call) return <CallCard {...props} call={state.call} />;
  const calling = state.phase === 'calling';
  return (
    <section class="card">
      <button type="button" class="call" disabled={calling} onClick={() => void following.call(language)}>
        {calling ? say('calling') : say('call')}
      </button>
      <p class="lead">{say('intro')}</p>
    </section>
  );
}

function CallCard({ state, following, say, language, nowMs, call }: Parts & { nowMs: number; call: Call }) {
  const site = following.readSite();
  const seconds =
    call.state === 'arrived' && call.countdown_s !== null
      ? Math.ceil(remaining(call.countdown_s, state.heardAtMs, nowMs))
      : null;
  const etaS = call.eta_s === null ? null : remaining(call.eta_s, state.heardAtMs, nowMs);
  return (
    <section class="card">
      {!state.mine && isOpen(call) && <p class="note"><strong>{say('busy')}</strong> {say('busy.text')}</p>}
      <div aria-live="polite">
        <h2 class="headline">{headline(call, etaS, say, language)}</h2>
        <p class="lead">{subline(call, say, language)}</p>
      </div>
      {seconds !== null && (
        <p class="countdown" role="timer" aria-label={say('countdown', { seconds })}>
          <span class="countdown-figure">{seconds}</span>
          <span>{say('countdown', { seconds })}</span>
        </p>
      )}
      <Progress call={call} say={say} />
      {site && isOpen(call) && state.ticket && <ParkSketch site={site} spot={state.ticket.spot} robot={state.robot} labels={{ map: say('map'), robot: say('map.robot'), here: say('map.here') }} />}
      {isOpen(call) && state.mine && call.state !== 'arrived' && <CancelButton following={following} say={say} />}
      {!isOpen(call) && <button type="button" class="main" onClick={() => following.restart()}>{say('again')}</button>}
    </section>
  );
}

function headline(call: Call, etaS: number | null, say: Say, language: Language): string {
  const robot = local(call.robot_name, language) || call.robot_id || '';
  switch (call.state) {
    case 'queued':
      return say('queued');
    case 'assigned': {
      if (etaS === null) return say('coming.unknown', { robot });
      const minutes = minutesAway(etaS);
      return minutes === null ? say('coming.soon', { robot }) : say('coming', { robot, minutes });
    }
    case 'arrived':
      return say('arrived', { robot });
    default:
      return say(call.state);
  }
}

function subline(call: Call, say: Say, language: Language): string {
  if (call.state === 'served') return say('served.text');
  if (call.state === 'arrived') return say('arrived.text');
  if (call.state === 'failed') return local(call.reason, language) || say('failed.text');
  if (call.reason) return local(call.reason, language);
  if (call.state === 'assigned') return say('coming.text');
  if (call.state !== 'queued') return '';
  const ahead = (call.queue_position ?? 1) - 1;
  return ahead > 0 ? say('queued.position', { ahead }) : say('queued.next');
}

function Progress({ call, say }: { call: Call; say: Say }) {
  if (call.state === 'canceled' || call.state === 'failed') return null;
  const at = stepOf(call);
  return (
    <ol class="progress" aria-label={say('steps')}>
      {STEPS.map((step, index) => {
        const done = index < at || call.state === 'served';
        const now = index === at && !done;
        return (
          <li key={step} class={done ? 'done' : now ? 'now' : ''} aria-current={now ? 'step' : undefined}>
            <span class="dot" aria-hidden="true">{done ? '✓' : index + 1}</span>
            {say(`step.${step}`)}
          </li>
        );
      })}
    </ol>
  );
}

function CancelButton({ following, say }: { following: Following; say: Say }) {
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const cancel = async () => {
    setAsked(true);
    if (!(await following.cancel())) setAsked(false);
  };
  if (asked) return <p role="status">{say('cancel.asked')}</p>;
  if (!sure) return <button type="button" class="plain wide" onClick={() => setSure(true)}>{say('cancel')}</button>;
  return (
    <div class="sure" role="group" aria-label={say('cancel.sure')}>
      <p>{say('cancel.sure')}</p>
      <button type="button" class="danger" onClick={() => void cancel()}>{say('cancel.yes')}</button>
      <button type="button" class="plain" onClick={() => setSure(false)}>{say('cancel.no')}</button>
    </div>
  );
}

function TroubleNote({ state, say, language }: { state: Resident; say: Say; language: Language }) {
  const { trouble } = state;
  if (!trouble || state.phase === 'unusable') return <div role="alert" />;
  const own = local(trouble.text, language);
  const words = {
    offline: say('error.offline'),
    server: say('error.other'),
    rate: own || say('error.rate'),
    hours: own || `${say('error.hours')}. ${say('error.hours.text')}`,
    refused: own || say('error.rate'),
  };
  return <p class="trouble" role="alert">{words[trouble.kind]}</p>;
}
