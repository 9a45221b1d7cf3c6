// An alert under way: the numbers, the bar and the curve follow what the server tells. The page says the same when it is loaded again.
export function watchAlert(section) {
  const states = JSON.parse(section.dataset.states), number = new Intl.NumberFormat('sv-SE');
  const state = document.querySelector('[data-state]'), began = document.querySelector('[data-alert]')?.dataset.alert;
  const curve = section.querySelector('.curve'), line = curve.querySelector('polyline');
  const history = [], started = performance.now();
  const events = new EventSource(section.dataset.watch);

  events.addEventListener('progress', event => {
    const now = JSON.parse(event.data), { counts } = now;
    const shown = {
      ...counts, missed: counts.failed + counts.expired, onTheWay: counts.waiting + counts.sending + counts.accepted + counts.unknown,
    };
    for (const place of section.querySelectorAll('[data-n]')) place.textContent = number.format(shown[place.dataset.n] ?? 0);
    const all = Math.max(counts.recipients, now.expected, 1), width = part => String(Math.round(10000 * part / all) / 100);
    section.querySelector('[data-bar="delivered"]').setAttribute('width', width(counts.delivered));
    const missed = section.querySelector('[data-bar="missed"]');
    missed.setAttribute('x', width(counts.delivered));
    missed.setAttribute('width', width(shown.missed));
    if (state && states[now.state] && !now.held) state.textContent = states[now.state];

    history.push([performance.now() - started, counts.delivered / all]);
    if (history.length > 600) history.splice(1, 1);
    const whole = Math.max(history.at(-1)[0], 1);
    line.setAttribute('points', history.map(([at, part]) => `${(100 * at / whole).toFixed(2)},${(29 - 28 * part).toFixed(2)}`).join(' '));
    curve.toggleAttribute('hidden', history.length < 2);

    if (now.state === 'completed' || now.state === 'cancelled') {
      events.close();
      // Its last state has other buttons, the reasons and the whole history.
      if (began !== now.state) location.reload();
    }
  });
}
