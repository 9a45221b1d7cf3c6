// Min sida: switches that answer at once, and pins that appear when the place has been found.

const changing = ['reach', 'addresses', 'places'];

/** Takes the named parts of a freshly drawn page over into this one. */
function takeOver(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  for (const name of changing) {
    const here = document.querySelector(`[data-part="${name}"]`), there = fresh.querySelector(`[data-part="${name}"]`);
    if (here && there) here.replaceChildren(...there.childNodes);
  }
  document.dispatchEvent(new CustomEvent('places'));
}

export function switchInPlace() {
  document.addEventListener('submit', async event => {
    const form = event.target, button = form.querySelector('[role="switch"]');
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button.getAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    const id = button.id;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new FormData(form) });
      if (!answer.ok || !answer.url.includes(location.pathname)) throw new Error(answer.statusText);
      takeOver(await answer.text());
      document.getElementById(id)?.focus();
    } catch {
      form.submit();
    }
  }, true);
}

/** Asks for a while whether the addresses that had no place yet have got one; then leaves it to the next visit. */
export function followPins() {
  let tries = 0;
  const ask = async () => {
    if (!document.querySelector('[data-waiting]') || ++tries > 12) return;
    try {
      const answer = await fetch(location.pathname, { redirect: 'manual' });
      if (answer.ok) takeOver(await answer.text());
    } catch { /* The next round may succeed. */ }
    setTimeout(ask, 700 + tries * 150);
  };
  if (document.querySelector('[data-waiting]')) setTimeout(ask, 500);
}
