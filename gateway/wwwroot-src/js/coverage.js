// Where an organisation may warn: the outlines of its municipalities' addresses. The list under the map says the same.
import { LngLatBounds } from 'maplibre-gl';
import { openMap } from './map.js';

const corners = geometry => geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates.flat(geometry.type === 'MultiPolygon' ? 2 : geometry.type === 'LineString' ? 0 : 1);

export async function showCoverage(box) {
  const map = await openMap(box);
  if (!map) return;
  const colour = getComputedStyle(box).getPropertyValue('--ds-color-base-default').trim() || '#0d7a5f';
  const found = (await Promise.all(box.dataset.coverage.split(',').slice(0, 60).map(async code => {
    try { const answer = await fetch(`/api/map/municipalities/${code}`); return answer.ok ? await answer.json() : null; } catch { return null; }
  }))).filter(Boolean);
  const areas = { type: 'FeatureCollection', features: found.filter(one => one.outline).map(one => ({ type: 'Feature', properties: {}, geometry: one.outline })) };

  const draw = () => {
    if (map.getSource('coverage') || !map.isStyleLoaded()) return;
    map.addSource('coverage', { type: 'geojson', data: areas });
    map.addLayer({ id: 'coverage-fill', source: 'coverage', type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colour, 'fill-opacity': .12 } });
    map.addLayer({ id: 'coverage-line', source: 'coverage', type: 'line', paint: { 'line-color': colour, 'line-width': 2 } });
  };
  map.on('styledata', draw);
  map.on('load', draw);

  const places = found.flatMap(one => one.outline ? corners(one.outline) : [[one.longitude, one.latitude]]);
  if (places.length) map.fitBounds(places.reduce((all, place) => all.extend(place), new LngLatBounds(places[0], places[0])), { padding: 24, maxZoom: 12, animate: false });
}
