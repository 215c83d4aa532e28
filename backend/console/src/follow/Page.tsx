/** @jsxImportSource preact */
import type { Follow } from '../api/types';
import { PageFrame } from '../people/PageFrame';
import { ParkSketch } from '../people/ParkSketch';
import { remaining } from '../people/remaining';
import { TroubleNote } from '../people/TroubleNote';
import { usePageState } from '../people/usePageState';
import { clockTime } from '../text/figures';
import { type Language, local } from '../text/language';
import type { Followed, Following } from './following';
import { PinPad } from './PinPad';
import { headline, isOver, partOf, STEPS, stepOf } from './story';
import { type Say, sayIn } from './words';

export function Page({ following }: { following: Following }) {
  const { state, nowMs } = usePageState(following.shown);
  return (
    <PageFrame title={(language) => sayIn(language)('title')}>
      {(language) => {
        const say = sayIn(language);
        const words = { offline: say('error.offline'), server: say('error.server'), refused: say('error.server') };
        if (state.unusable) {
          return (
            <section class="card">
              <h2>{say('error.link')}</h2>
              <p>{local(state.unusable, language)}</p>
            </section>
          );
        }
        if (!state.delivery) {
          return (
            <>
              <p class="card" role="status">{say('loading')}</p>
              <TroubleNote trouble={state.trouble} words={words} language={language} />
            </>
          );
        }
        return (
          <>
            <p class="here">{say('here', { shop: local(state.delivery.shop.name, language) })}</p>
            <Card
              state={state} delivery={state.delivery} following={following} say={say} language={language}
              nowMs={Math.max(nowMs, state.heardAtMs)}
              note={<TroubleNote trouble={state.trouble} words={words} language={language} />}
            />
          </>
        );
      }}
    </PageFrame>
  );
}

interface Parts {
  state: Followed;
  delivery: Follow;
  following: Following;
  say: Say;
  language: Language;
}

function Card(props: Parts & { nowMs: number; note: preact.ComponentChildren }) {
  const { state, delivery, say, language, nowMs } = props;
  const etaS = delivery.eta_s === null ? null : remaining(delivery.eta_s, state.heardAtMs, nowMs);
  const head = headline(delivery, etaS);
  const robot = local(delivery.robot_name, language) || delivery.robot_id || '';
  const place = local(delivery.spot.name, language);
  const labels = { map: say('map'), robot: say('map.robot'), here: say('map.here') };
  const sketched = stepOf(delivery.state) !== null && !isOver(delivery) && state.site;
  return (
    <section class="card">
      <div aria-live="polite">
        <h2 class="headline">{say(head.key, { robot, minutes: head.minutes ?? 0 })}</h2>
        <p class="lead">{subline(delivery, say, language)}</p>
      </div>
      {props.note}
      <Task {...props} />
      <Progress delivery={delivery} say={say} />
      <dl class="facts">
        <dt>{say('goods')}</dt>
        <dd>{delivery.goods}</dd>
        <dt>{say('place')}</dt>
        <dd>{place}</dd>
      </dl>
      {sketched && <ParkSketch site={sketched} spot={delivery.spot} robot={state.robot} labels={labels} />}
      <Notices delivery={delivery} say={say} language={language} timezone={state.site?.timezone} />
    </section>
  );
}

function subline(delivery: Follow, say: Say, language: Language): string {
  const place = local(delivery.spot.name, language);
  if (delivery.reason) return local(delivery.reason, language);
  const part = partOf(delivery);
  if (part === 'locked') return say('locked');
  if (delivery.state === 'arrived') return say(part === 'pin' ? 'arrived.text' : 'arrived.here', { spot: place });
  if (delivery.state === 'loaded' || delivery.state === 'near') return say('coming.text', { spot: place });
  if (delivery.state === 'handed_over') return say('handed_over.text');
  return stepOf(delivery.state) === 0 ? say('getting.text') : '';
}

/** What there is to do just now. */
function Task({ state, delivery, following, say }: Parts) {
  switch (partOf(delivery)) {
    case 'pin':
      return (
        <>
          {delivery.door === 'no_answer' && <p class="note">{say('no_answer')}</p>}
          <PinPad say={say} busy={state.busy} onPin={(pin) => following.enter(pin)} />
          {delivery.tries_left < 5 && !state.trouble && <p class="lead">{say('pin.left', { tries: delivery.tries_left })}</p>}
        </>
      );
    case 'opening':
      return <p class="note" role="status">{say('opening')}</p>;
    case 'take':
      return (
        <>
          <p class="note" role="status">{say('open')}</p>
          <button type="button" class="main" disabled={state.busy} onClick={() => void following.taken()}>{say('taken')}</button>
        </>
      );
    case 'closing':
      return <p class="note" role="status">{say('closing')}</p>;
    default:
      return null;
  }
}

function Progress({ delivery, say }: { delivery: Follow; say: Say }) {
  const at = stepOf(delivery.state);
  if (at === null) return null;
  return (
    <ol class="progress" aria-label={say('steps')}>
      {STEPS.map((step, index) => {
        const done = index < at || delivery.state === 'handed_over';
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

function Notices({ delivery, say, language, timezone }: { delivery: Follow; say: Say; language: Language; timezone: string | undefined }) {
  if (!delivery.notices.length) return null;
  return (
    <div class="notices">
      <h3>{say('notices')}</h3>
      <ol>
        {delivery.notices.map((notice) => (
          <li key={notice.text.key}>
            <time dateTime={notice.at}>{clockTime(notice.at, timezone ?? 'Asia/Seoul', language).slice(0, 5)}</time>
            <span>{local(notice.text, language)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
