import type { CollectionForecast, PlannedTour } from '../api/types';
import { clockTime, distance } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { colourOf } from './plan';

interface Props {
  forecast: CollectionForecast;
  timezone: string;
}

/** What each robot would do, and what nobody could. */
export function Forecast({ forecast, timezone }: Props) {
  const { t, own } = useText();
  return (
    <section aria-label={t('rounds.forecast')}>
      {forecast.tours.length > 0 && <h3 className="side-title">{t('rounds.forecast')}</h3>}
      <ul className="cards">
        {forecast.tours.map((tour, index) => <TourCard key={tour.robot_id} tour={tour} colour={colourOf(index)} timezone={timezone} />)}
      </ul>
      {forecast.left_out.length > 0 && (
        <>
          <h3 className="side-title">{t('rounds.leftOut')}</h3>
          <ul className="cards">
            {forecast.left_out.map((each) => (
              <li key={each.spot_id} className="card"><strong>{own(each.name)}</strong><span className="card-note"><Icon name="incident" size={16} />{own(each.reason)}</span></li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function TourCard({ tour, colour, timezone }: { tour: PlannedTour; colour: string; timezone: string }) {
  const { t, own, language } = useText();
  const time = (at: string) => clockTime(at, timezone, language).slice(0, 5);
  let number = 0;
  return (
    <li className="card">
      <span className="card-head"><strong><span className="tour-swatch" style={{ background: colour }} />{own(tour.robot_name)}</strong></span>
      <ol className="tour-visits">
        {tour.visits.map((visit, index) => (
          <li key={index}>
            <span className="point-number" style={{ background: visit.spot_id ? colour : '#52606d' }} aria-hidden="true">{visit.spot_id ? ++number : '↓'}</span>
            {t('rounds.visit', { at: time(visit.arrive_at), place: visit.spot_id ? own(visit.name) : t('rounds.depot', { place: own(visit.name) }) })}
          </li>
        ))}
      </ol>
      <span className="age">{t('rounds.home', { at: time(tour.home_at), distance: distance(tour.metres) })}</span>
    </li>
  );
}
