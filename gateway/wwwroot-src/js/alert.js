// Writing an alert: numbers, preview and dots follow what is typed. The server counts and words; nothing is decided here.
export function writeAlert(form) {
  let timer, under, dots = () => {};

  const show = ({ words, text, points }) => {
    for (const place of form.querySelectorAll('[data-word]')) place.textContent = words[place.dataset.word] ?? '';
    form.querySelector('[data-preview]').textContent = text;
    dots(points ?? []);
  };

  const look = async () => {
    under?.abort();
    under = new AbortController();
    try {
      const answer = await fetch(form.dataset.look, { method: 'POST', body: new FormData(form), signal: under.signal });
      if (answer.ok) show(await answer.json());
    } catch { /* The next change asks again, and Räkna always can. */ }
  };

  const changed = event => {
    if (event?.target.name === 'TestPhones') return;
    const written = [form.elements['Typed.Sms'], form.elements['Typed.SmsEnglish']].map(field => field.value.trim()).filter(Boolean).join('\n\n');
    form.querySelector('[data-preview]').textContent = [written, form.dataset.codeLine].filter(Boolean).join('\n');
    clearTimeout(timer);
    timer = setTimeout(look, 450);
  };
  form.addEventListener('input', changed);
  if (form.elements['Typed.Sms'].value) changed();

  // The call as it sounds. Without a script, and where something is wrong, the server answers the button itself.
  const listen = form.querySelector('[data-listen]'), play = listen?.textContent;
  let call;
  const quiet = () => { call?.pause(); call = null; listen.textContent = play; };
  listen?.addEventListener('click', async event => {
    if (listen.dataset.failed) return;
    event.preventDefault();
    if (call) { quiet(); return; }
    listen.setAttribute('aria-busy', 'true');
    const answer = await fetch(listen.formAction, { method: 'POST', body: new FormData(form) }).catch(() => null);
    listen.removeAttribute('aria-busy');
    if (!answer?.ok) { listen.dataset.failed = 'yes'; listen.click(); return; }
    call = new Audio(URL.createObjectURL(await answer.blob()));
    call.addEventListener('ended', quiet);
    listen.textContent = listen.dataset.stop;
    call.play().catch(quiet);
  });

  // What has been written is not left by mistake.
  let touched = false;
  form.addEventListener('input', () => { touched = true; });
  form.addEventListener('submit', () => { touched = false; });
  addEventListener('beforeunload', event => { if (touched) event.preventDefault(); });

  const box = form.querySelector('[data-area-map]');
  if (box) import('./area.js').then(({ drawArea }) => drawArea(box, form, changed)).then(shown => { if (shown) dots = shown; });
}
