// The map that fills in while an alert is watched: rings are people on their way to be reached, discs are reached, and larger ones of another colour are not. The numbers beside it say the same.
import { LngLatBounds } from 'maplibre-gl';
import { openMap } from './map.js';

const pause = 3000;
const feature = ([lon, lat, underWay, reached, missed]) => ({
  type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { state: missed ? 'missed' : underWay ? 'underWay' : reached ? 'reached' : 'underWay' },
});

export async function showProgress(box) {
  const figure = box.closest('figure'), style = getComputedStyle(box), colour = (name, other) => style.getPropertyValue(name).trim() || other;
  const [good, bad] = [colour('--ds-color-success-base-default', '#0d7a5f'), colour('--ds-color-danger-base-default', '#b3261e')];
  let map, places = [], framed = false;

  const draw = () => {
    if (!map?.getSource('recipients') && !map?.isStyleLoaded()) return;
    if (!map.getSource('recipients')) {
      map.addSource('recipients', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
      map.addLayer({
        id: 'recipients', source: 'recipients', type: 'circle', paint: {
          'circle-radius': ['match', ['get', 'state'], 'missed', 6, 4.5],
          'circle-color': ['match', ['get', 'state'], 'reached', good, 'missed', bad, '#fff'],
          'circle-stroke-width': ['match', ['get', 'state'], 'missed', 3, 1.5],
          'circle-stroke-color': ['match', ['get', 'state'], 'missed', '#fff', good],
        },
      });
    }
    map.getSource('recipients').setData({ type: 'FeatureCollection', features: places.map(feature) });
    box.dataset.reached = String(places.filter(([, , underWay, , missed]) => !underWay && !missed).length);
  };

  const look = async () => {
    try {
      const answer = await fetch(box.dataset.progress);
      if (answer.ok) ({ places } = await answer.json());
    } catch { /* It stays as it is until the next look. */ }
    if (!places.length) return;
    figure.hidden = false;
    if (!map) {
      map = await openMap(box);
      if (!map) { figure.hidden = true; return; }
      map.on('styledata', draw);
      map.on('load', draw);
    }
    if (!framed) {
      framed = true;
      map.fitBounds(places.reduce((all, [lon, lat]) => all.extend([lon, lat]), new LngLatBounds(places[0].slice(0, 2), places[0].slice(0, 2))), { padding: 40, maxZoom: 15, animate: false });
    }
    draw();
  };

  await look();
  if (box.dataset.live) setInterval(() => { if (!document.hidden) look(); }, pause);
}
