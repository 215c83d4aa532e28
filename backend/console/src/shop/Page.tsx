/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { PageFrame } from '../people/PageFrame';
import { TroubleNote } from '../people/TroubleNote';
import { usePageState } from '../people/usePageState';
import { type Language, local } from '../text/language';
import { DeliveryCard } from './DeliveryCard';
import { OrderForm } from './OrderForm';
import { PinCard } from './PinCard';
import type { Selling, Shopped } from './selling';
import { isOver, openOnes } from './story';
import { sayIn } from './words';

export function Page({ selling }: { selling: Selling }) {
  const { state, nowMs } = usePageState(selling.shown);
  return (
    <PageFrame title={(language) => sayIn(language)('title')}>
      {(language) => <Body state={state} selling={selling} language={language} nowMs={nowMs} />}
    </PageFrame>
  );
}

interface Props {
  state: Shopped;
  selling: Selling;
  language: Language;
  nowMs: number;
}

function Body({ state, selling, language, nowMs }: Props) {
  const say = sayIn(language);
  const [ordering, setOrdering] = useState(false);
  const [pressed, setPressed] = useState<string | null>(null);
  if (state.busy !== null && state.busy !== pressed) setPressed(state.busy);
  const words = { offline: say('error.offline'), server: say('error.server'), refused: say('error.server') };
  const note = <TroubleNote trouble={state.trouble} words={words} language={language} />;
  if (state.unusable) {
    return (
      <section class="card">
        <h2>{say('error.link')}</h2>
        <p>{local(state.unusable, language)}</p>
      </section>
    );
  }
  if (!state.ticket) return <><p class="card" role="status">{say('loading')}</p>{note}</>;
  const open = openOnes(state.deliveries);
  const over = state.deliveries.filter(isOver);
  const noteIn = (id: string) => (state.trouble?.kind === 'refused' && pressed === id ? note : null);
  const elsewhere = state.trouble && !(state.trouble.kind === 'refused' && (pressed === 'new' ? ordering : open.some((each) => each.id === pressed)));
  const card = (each: (typeof open)[number]) => (
    <DeliveryCard
      key={each.id} delivery={each} selling={selling} say={say} language={language} nowMs={nowMs}
      heardAtMs={state.heardAtMs[each.id] ?? 0} busy={state.busy === each.id} note={noteIn(each.id)}
    />
  );
  return (
    <>
      <p class="here">{say('here', { shop: local(state.ticket.shop.name, language) })}</p>
      {elsewhere ? note : null}
      {state.made && <PinCard made={state.made} say={say} language={language} onDone={() => selling.forgetPin()} />}
      {ordering ? (
        <OrderForm
          ticket={state.ticket} say={say} language={language} busy={state.busy === 'new'} note={noteIn('new')}
          onSend={selling.send} onClose={() => { selling.clearTrouble(); setOrdering(false); }}
        />
      ) : (
        !state.made && <button type="button" class="main" onClick={() => setOrdering(true)}>{say('order')}</button>
      )}
      <h2 class="list-head">{say('open')}</h2>
      {open.length === 0 && <p class="lead">{say('open.none')}</p>}
      <ul class="deliveries">{open.map(card)}</ul>
      {over.length > 0 && (
        <details class="over">
          <summary>{say('over', { count: over.length })}</summary>
          <ul class="deliveries">{over.map(card)}</ul>
        </details>
      )}
    </>
  );
}
