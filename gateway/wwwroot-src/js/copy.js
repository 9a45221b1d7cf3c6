/** A button that copies a field; the field can be marked and copied without it. */
export function copyOnPress() {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const before = button.textContent;
    button.addEventListener('click', async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { return; }
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 3000);
    });
  }
}
