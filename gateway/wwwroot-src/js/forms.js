/** The summary of errors takes the focus, so that a screen reader reads it and the next Tab goes to the first link in it. */
export function announceErrors() {
  document.querySelector('[data-error-summary]')?.focus();
}

/** A second press while the first is under way would send the form twice. */
export function guardDoubleSubmit() {
  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || form.method === 'get') return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    event.submitter?.setAttribute('aria-busy', 'true');
    // A download leaves the page standing, and so does a lost connection.
    setTimeout(() => { delete form.dataset.sent; event.submitter?.removeAttribute('aria-busy'); }, 8000);
  });
}

/** A page kept by the browser may belong to somebody who has signed out since. */
export function forgetOnReturn() {
  addEventListener('pageshow', event => {
    if (!event.persisted) return;
    if (document.body.dataset.personal === 'yes') { document.body.hidden = true; location.reload(); return; }
    document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent);
    document.querySelectorAll('[aria-busy]').forEach(button => button.removeAttribute('aria-busy'));
  });
}
