// A register's file on its way, and an import under way. Without script the form is sent as any other, and the page loads itself again.
const megabytes = bytes => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0).replace('.', ',');

/** Shows how much has been sent; a file that is too large is not sent at all. */
export function sendWithProgress(form) {
  const words = JSON.parse(form.dataset.words), box = form.querySelector('[data-sending]'), said = form.querySelector('[data-said]'), bar = form.querySelector('progress');
  const button = form.querySelector('[type=submit]');
  let under = null;

  const say = text => { box.hidden = false; said.textContent = text; };
  const stopped = text => { under = null; bar.value = 0; bar.hidden = true; button.removeAttribute('aria-busy'); say(text); };

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (under) return;
    const file = form.elements.file.files[0];
    if (file && file.size > Number(form.dataset.most)) { stopped(words.tooLarge); return; }
    under = new XMLHttpRequest();
    button.setAttribute('aria-busy', 'true');
    bar.hidden = false;
    under.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = 100 * loaded / total;
      say(loaded < total ? words.sent.replace('{0}', megabytes(loaded)).replace('{1}', megabytes(total)) : words.waiting);
    });
    under.addEventListener('load', ({ target }) => {
      if (target.status === 429 || target.status >= 500) { stopped(words.broken); return; }
      left = true;
      location.assign(target.responseURL);
    });
    under.addEventListener('error', () => stopped(words.broken));
    under.open('POST', form.action);
    under.send(new FormData(form));
  });
  let left = false;
  addEventListener('beforeunload', event => { if (under && !left) event.preventDefault(); });
}

/** Asks how far an import is, and loads the page again when it goes over into another state. */
export function followImport(section) {
  const bar = section.querySelector('progress'), state = document.querySelector('[data-import]').dataset.import;
  const ask = async () => {
    try {
      const answer = await fetch(section.dataset.follow, { redirect: 'error' });
      if (answer.ok) {
        const now = await answer.json();
        if (now.state !== state) { location.reload(); return; }
        if (now.percent === null) bar.removeAttribute('value'); else bar.value = now.percent;
        section.querySelector('[data-percent]').textContent = now.percent === null ? '' : `${now.percent} %`;
        section.querySelector('[data-rows]').textContent = now.rows;
      } else if (answer.status === 404) { location.reload(); return; }
    } catch { /* The next time may do; a session that has ended is met at the next click. */ }
    setTimeout(ask, 1500);
  };
  setTimeout(ask, 1000);
}
