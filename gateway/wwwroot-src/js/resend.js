/** Shows how long until a new code may be asked for. The server keeps the rule; this only says it. */
export function countDown(button) {
  const until = Date.parse(button.dataset.waitUntil), label = button.textContent, note = document.getElementById(button.dataset.note);
  const step = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) {
      button.removeAttribute('aria-disabled');
      if (note) note.textContent = '';
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    if (note) note.textContent = button.dataset.waitText.replace('{0}', left);
    setTimeout(step, 500);
  };
  button.addEventListener('click', event => { if (button.getAttribute('aria-disabled') === 'true') event.preventDefault(); });
  button.textContent = label;
  step();
}
