// Asks the browser for a passkey and sends its answer with the form. Without script the forms stay hidden, and the password does.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const known = list => list?.map(one => ({ ...one, id: bytes(one.id) }));

async function answer(kind, options) {
  const publicKey = {
    ...options, challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: known(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: known(options.allowCredentials) }),
  };
  const made = await navigator.credentials[kind]({ publicKey });
  const { response } = made;
  const fields = kind === 'create' ? ['clientDataJSON', 'attestationObject'] : ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'];
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, authenticatorAttachment: made.authenticatorAttachment,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(fields.filter(field => response[field]).map(field => [field, text(response[field])])),
      ...(kind === 'create' && { transports: response.getTransports?.() ?? [] }),
    },
  };
}

for (const form of document.querySelectorAll('[data-passkey]')) {
  if (!window.PublicKeyCredential) { form.hidden = true; continue; }
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const body = new FormData();
    body.set('form', form.elements.form.value);
    try {
      const asked = await fetch(form.dataset.options, { method: 'POST', body });
      if (asked.ok) form.elements.credential.value = JSON.stringify(await answer(form.dataset.passkey, await asked.json()));
    } catch (failure) {
      // Cancelled, or no passkey for this site: the page says it in words.
      console.info(failure.name);
    }
    form.submit();
  });
}
