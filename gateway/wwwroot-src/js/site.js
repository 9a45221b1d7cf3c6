// What makes the pages nicer where script runs. Everything here has a way without it.
import { announceErrors, guardDoubleSubmit, forgetOnReturn } from './forms.js';
import { suggestOrganisations } from './organisations.js';
import { countDown } from './resend.js';
import { switchInPlace, followPins } from './my.js';

document.documentElement.classList.add('js');
announceErrors();
guardDoubleSubmit();
forgetOnReturn();
document.querySelectorAll('[data-finder]').forEach(suggestOrganisations);
document.querySelectorAll('[data-wait-until]').forEach(countDown);
switchInPlace();
followPins();

const map = document.querySelector('[data-map]');
if (map) {
  // The map is larger than the rest together: it comes when it is about to be seen.
  new IntersectionObserver(async (seen, observer) => {
    if (!seen.some(entry => entry.isIntersecting)) return;
    observer.disconnect();
    const { drawMap } = await import('./map.js');
    drawMap(map);
  }, { rootMargin: '200px' }).observe(map);
}

const written = document.querySelector('[data-alert-form]');
if (written) import('./alert.js').then(({ writeAlert }) => writeAlert(written));
const watched = document.querySelector('[data-watch]');
if (watched?.dataset.watch) import('./watch.js').then(({ watchAlert }) => watchAlert(watched));
