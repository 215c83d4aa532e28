import { useMemo } from 'react';
import type { Point, Site } from '../api/types';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { FEWEST_CORNERS, squareMetres, touchedBy } from './area';

interface Props {
  site: Site;
  corners: readonly Point[];
  crossed: boolean;
  /** Somebody wanted to close an area that is not drawn. */
  missing: boolean;
}

/** What an area is, and what closing it would mean. */
export function AreaNote({ site, corners, crossed, missing }: Props) {
  const { t, own } = useText();
  const touched = useMemo(() => touchedBy(corners, site), [corners, site]);
  const places = [...touched.spots, ...touched.stations].map((each) => own(each.name));
  const chargers = site.stations.filter((station) => station.kind === 'charger');
  const noCharger = chargers.length > 0 && chargers.every((charger) => touched.stations.includes(charger));
  const drawn = corners.length >= FEWEST_CORNERS;
  return (
    <div role="status">
      {missing && <p className="manage-note manage-bad"><Icon name="incident" size={16} />{t('closures.needCorners')}</p>}
      {corners.length > 0 && (
        <p className="closure-corners">
          {drawn && !crossed
            ? t('closures.size', { count: corners.length, area: Math.round(squareMetres(corners)).toLocaleString() })
            : t('closures.corners', { count: corners.length })}
        </p>
      )}
      {drawn && crossed && <p className="manage-note manage-bad"><Icon name="incident" size={16} />{t('closures.crosses')}</p>}
      {drawn && !crossed && touched.lanes === 0 && <p className="manage-note"><Icon name="incident" size={16} />{t('closures.touchesNothing')}</p>}
      {drawn && !crossed && touched.lanes > 0 && <p>{t('closures.closes', { lanes: touched.lanes })}</p>}
      {drawn && !crossed && places.length > 0 && <p>{t('closures.closesPlaces', { places: places.join(', ') })}</p>}
      {drawn && !crossed && noCharger && <p className="manage-note manage-bad"><Icon name="incident" size={16} />{t('closures.noCharger')}</p>}
    </div>
  );
}
