// Follows along: fetches the page again every second and swaps the telephones where something changed, unless a call is being played.
const phones = document.getElementById('phones');

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('phones');
    const playing = [...document.querySelectorAll('audio')].some((audio) => !audio.paused);
    if (fresh && !playing && fresh.innerHTML !== before) {
      before = fresh.innerHTML;
      phones.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // The service is restarting; the next second will do.
  }
}

let before = phones.innerHTML;
setInterval(() => document.hidden || refresh(), 1000);
