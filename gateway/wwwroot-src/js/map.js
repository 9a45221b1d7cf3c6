// The map beside the list of addresses. It reads the list, so the page says in text all that the map shows.
import { Map, Marker, NavigationControl, Popup, LngLatBounds, addProtocol, setWorkerUrl } from 'maplibre-gl';
import worker from 'url:maplibre-gl/dist/maplibre-gl-worker.mjs';

setWorkerUrl(worker);

// A base map lies in one large file of which parts are asked for. Its reader is loaded when a style names one; without one, or with one that is away, the rest is drawn.
let archives;
addProtocol('pmtiles', async (request, abort) => {
  archives ??= import('pmtiles').then(({ Protocol }) => new Protocol({ metadata: true }));
  return (await archives).tile(request, abort);
});

const pinShape = '<svg viewBox="0 0 24 32" aria-hidden="true"><path class="pin-body" d="M12 0c6.6 0 12 5.2 12 11.8C24 20.5 12 32 12 32S0 20.5 0 11.8C0 5.2 5.4 0 12 0z"/><circle class="pin-eye" cx="12" cy="12" r="4.5"/></svg>';

function readPlaces() {
  return [...document.querySelectorAll('[data-part="places"] [data-lat]')].map(item => ({
    at: [Number(item.dataset.lon), Number(item.dataset.lat)],
    label: item.dataset.label,
    off: item.classList.contains('off'),
    main: item.dataset.main === 'yes',
  }));
}

function pinFor(place) {
  const pin = document.createElement('button');
  pin.type = 'button';
  pin.className = ['pin', place.off && 'off', !place.main && 'extra'].filter(Boolean).join(' ');
  pin.setAttribute('aria-label', place.label);
  pin.innerHTML = pinShape;
  return pin;
}

async function styleSheet(href) {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  await new Promise(done => { link.onload = link.onerror = done; document.head.append(link); });
}

/** An empty map in the box, in the page's colours; nothing where the browser cannot draw one. */
export async function openMap(box) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const styleOf = () => dark.matches ? '/api/map/style.json?scheme=dark' : '/api/map/style.json';
  await styleSheet(box.dataset.styles);

  let map;
  try {
    map = new Map({
      container: box, style: styleOf(), center: [15.5, 62], zoom: 4, maxZoom: 18, dragRotate: false, pitchWithRotate: false,
      cooperativeGestures: matchMedia('(pointer: coarse)').matches,
      attributionControl: { compact: false },
      locale: JSON.parse(box.dataset.words),
    });
  } catch {
    box.hidden = true;
    return null;
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  dark.addEventListener('change', () => map.setStyle(styleOf()));
  return map;
}

export async function drawMap(box) {
  const map = await openMap(box);
  if (!map) return;
  let markers = [];
  let shown = '';
  const draw = () => {
    const places = readPlaces(), where = JSON.stringify(places.map(place => place.at));
    markers.forEach(marker => marker.remove());
    markers = places.map(place => new Marker({ element: pinFor(place), anchor: 'bottom' })
      .setLngLat(place.at)
      .setPopup(new Popup({ offset: [0, -44], closeButton: false, maxWidth: '18rem' }).setText(place.label))
      .addTo(map));
    box.hidden = places.length === 0;
    if (places.length === 0 || where === shown) return;
    map.resize();
    const bounds = places.reduce((all, place) => all.extend(place.at), new LngLatBounds(places[0].at, places[0].at));
    map.fitBounds(bounds, { padding: { top: 90, bottom: 60, left: 60, right: 60 }, maxZoom: 16, animate: shown !== '' });
    shown = where;
  };
  draw();
  document.addEventListener('places', draw);
}
