// An area drawn on the map. The text field with its coordinates is the truth: what is drawn is written there, and what is typed there is drawn.
import { LngLatBounds } from 'maplibre-gl';
import { openMap } from './map.js';

const round = number => Math.round(number * 1e5) / 1e5;

/** Latitude first, as people write it; see AudienceText for the same on the server. */
function read(text) {
  return text.split(/\n[ \t]*\n/).map(block => block.trim()).filter(Boolean).flatMap(block => {
    const lines = block.split('\n').map(line => line.split(/[\s,;]+/).filter(Boolean).map(Number)).filter(line => line.length >= 2 && line.every(Number.isFinite));
    const circles = lines.filter(line => line.length === 3).map(([lat, lon, radius]) => ({ center: [lon, lat], radius }));
    const corners = lines.filter(line => line.length === 2).map(([lat, lon]) => [lon, lat]);
    return corners.length ? [...circles, { corners }] : circles;
  });
}

const write = areas => areas.map(area => area.center
  ? `${round(area.center[1])}, ${round(area.center[0])}, ${Math.round(area.radius)}`
  : area.corners.map(([lon, lat]) => `${round(lat)}, ${round(lon)}`).join('\n')).join('\n\n');

function metres([lon1, lat1], [lon2, lat2]) {
  const rad = Math.PI / 180, x = (lon2 - lon1) * rad * Math.cos((lat1 + lat2) / 2 * rad), y = (lat2 - lat1) * rad;
  return Math.hypot(x, y) * 6371009;
}

function ring(area) {
  if (area.corners) return [...area.corners, area.corners[0]];
  const [lon, lat] = area.center, dy = area.radius / 111195, dx = dy / Math.cos(lat * Math.PI / 180);
  return Array.from({ length: 65 }, (_, i) => [lon + dx * Math.cos(i * Math.PI / 32), lat + dy * Math.sin(i * Math.PI / 32)]);
}

const collection = features => ({ type: 'FeatureCollection', features });
const feature = (type, coordinates) => ({ type: 'Feature', properties: {}, geometry: { type, coordinates } });

/** @returns a function that shows where people are. */
export async function drawArea(box, form, changed) {
  const map = await openMap(box);
  if (!map) return null;
  const field = form.elements['Typed.Areas'], colour = getComputedStyle(box).getPropertyValue('--ds-color-base-default').trim() || '#0d7a5f';
  let areas = read(field.value), mode = null, open = null, people = [];

  const layers = () => {
    for (const name of ['people', 'area', 'corners']) if (!map.getSource(name)) map.addSource(name, { type: 'geojson', data: collection([]) });
    if (map.getLayer('area-fill')) return;
    map.addLayer({ id: 'area-fill', source: 'area', type: 'fill', paint: { 'fill-color': colour, 'fill-opacity': .16 } });
    map.addLayer({ id: 'people', source: 'people', type: 'circle', paint: { 'circle-color': colour, 'circle-radius': 3, 'circle-opacity': .75 } });
    map.addLayer({ id: 'area-line', source: 'area', type: 'line', paint: { 'line-color': colour, 'line-width': 3 } });
    map.addLayer({ id: 'corners', source: 'corners', type: 'circle', paint: { 'circle-color': '#fff', 'circle-radius': 6, 'circle-stroke-color': colour, 'circle-stroke-width': 3 } });
  };
  const draw = () => {
    if (!map.isStyleLoaded() && !map.getSource('area')) return;
    layers();
    map.getSource('area').setData(collection(areas.map(area => area.corners?.length < 3 ? feature('LineString', ring(area)) : feature('Polygon', [ring(area)]))));
    map.getSource('corners').setData(collection(areas.flatMap(area => (area.corners ?? [area.center]).map(corner => feature('Point', corner)))));
    map.getSource('people').setData(collection(people.map(place => feature('Point', place))));
  };
  const store = () => {
    field.value = write(areas.filter(area => area.center ? area.radius > 0 : true));
    draw();
    changed();
  };

  const point = at => {
    if (mode === 'circle') {
      if (!open) areas.push(open = { center: at, radius: 0 });
      else { open.radius = metres(open.center, at); open = null; choose(null); }
    } else if (mode === 'polygon') {
      if (!open) areas.push(open = { corners: [] });
      open.corners.push(at);
    }
    store();
  };
  const buttons = [...form.querySelectorAll('[data-draw]')];
  const choose = next => {
    mode = next;
    open = null;
    for (const button of buttons) if (button.hasAttribute('aria-pressed')) button.setAttribute('aria-pressed', button.dataset.draw === mode ? 'true' : 'false');
    map.getCanvas().style.cursor = mode ? 'crosshair' : '';
  };
  const undo = () => {
    const last = areas.at(-1);
    if (last?.corners?.length > 1) last.corners.pop(); else { areas.pop(); open = null; }
    store();
  };
  for (const button of buttons) button.addEventListener('click', () => {
    const { draw: act } = button.dataset;
    if (act === 'undo') undo();
    else if (act === 'clear') { areas = []; choose(null); store(); }
    else if (act === 'middle') { if (!mode) choose('polygon'); point(map.getCenter().toArray()); }
    else choose(mode === act ? null : act);
  });

  map.on('click', event => { if (mode) point(event.lngLat.toArray()); });
  map.on('dblclick', event => { if (mode) { event.preventDefault(); choose(null); } });
  map.on('mousemove', event => { if (mode === 'circle' && open) { open.radius = metres(open.center, event.lngLat.toArray()); draw(); } });
  map.on('styledata', draw);
  field.addEventListener('input', () => { areas = read(field.value); choose(null); draw(); });

  const fit = places => {
    if (!places.length) return;
    map.fitBounds(places.reduce((all, place) => all.extend(place), new LngLatBounds(places[0], places[0])), { padding: 40, maxZoom: 15, animate: false });
  };
  map.once('load', async () => {
    draw();
    if (areas.length) { fit(areas.flatMap(ring)); return; }
    try { const answer = await fetch(box.dataset.everywhere); if (answer.ok) fit(await answer.json()); } catch { /* The whole country is shown. */ }
  });
  return points => { people = points; draw(); };
}
