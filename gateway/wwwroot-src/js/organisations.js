/** Turns the search form into a combobox that shows organisations while one types; Enter without a choice searches as before. */
export function suggestOrganisations(finder) {
  const input = finder.querySelector('input[type="search"]');
  const status = finder.querySelector('[role="status"]');
  const list = document.createElement('ul');
  list.id = `${input.id}-hits`;
  list.className = 'hits drop';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', finder.dataset.label);
  list.hidden = true;
  finder.append(list);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-autocomplete': 'list', autocomplete: 'off' })) {
    input.setAttribute(name, value);
  }

  let chosen = -1, timer, asked;

  const close = () => { list.hidden = true; chosen = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
  const choose = index => {
    const items = [...list.children];
    chosen = (index + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute('aria-selected', String(at === chosen)));
    input.setAttribute('aria-activedescendant', items[chosen].id);
    items[chosen].scrollIntoView({ block: 'nearest' });
  };

  const show = organisations => {
    list.replaceChildren(...organisations.map((organisation, at) => {
      const item = document.createElement('li'), kind = document.createElement('small');
      item.id = `${list.id}-${at}`;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      item.dataset.href = `/k/${encodeURIComponent(organisation.slug)}`;
      item.append(organisation.name);
      kind.textContent = organisation.kind === 'company' ? finder.dataset.company : finder.dataset.municipality;
      item.append(kind);
      return item;
    }));
    chosen = -1;
    list.hidden = organisations.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    status.textContent = (organisations.length ? finder.dataset.found : finder.dataset.none).replace('{0}', organisations.length);
  };

  const ask = async () => {
    asked?.abort();
    const query = input.value.trim();
    if (query.length === 0) { close(); status.textContent = ''; return; }
    asked = new AbortController();
    try {
      const answer = await fetch(`/api/organisations?limit=8&query=${encodeURIComponent(query)}`, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  };

  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener('keydown', event => {
    if (event.key === 'Escape') { close(); return; }
    if (list.hidden || list.children.length === 0) return;
    if (event.key === 'ArrowDown') { event.preventDefault(); choose(chosen + 1); }
    if (event.key === 'ArrowUp') { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    if (event.key === 'Enter' && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].dataset.href); }
  });
  finder.addEventListener('focusout', event => { if (!finder.contains(event.relatedTarget)) close(); });
  list.addEventListener('pointerdown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const item = event.target.closest('[data-href]');
    if (item) location.assign(item.dataset.href);
  });
}
