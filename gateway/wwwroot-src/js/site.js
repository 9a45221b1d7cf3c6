// What makes the pages nicer where script runs. Everything here has a way without it.
import { announceErrors, guardDoubleSubmit, forgetOnReturn } from './forms.js';
import { suggestOrganisations } from './organisations.js';
import { countDown } from './resend.js';
import { copyOnPress } from './copy.js';
import { switchInPlace, followPins } from './my.js';

document.documentElement.classList.add('js');
announceErrors();
guardDoubleSubmit();
forgetOnReturn();
document.querySelectorAll('[data-finder]').forEach(suggestOrganisations);
document.querySelectorAll('[data-wait-until]').forEach(countDown);
switchInPlace();
followPins();
copyOnPress();

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
const progress = document.querySelector('[data-progress]');
if (progress) import('./progress.js').then(({ showProgress }) => showProgress(progress));
const coverage = document.querySelector('[data-coverage]');
if (coverage) import('./coverage.js').then(({ showCoverage }) => showCoverage(coverage));
const file = document.querySelector('[data-file-form]');
if (file) import('./register.js').then(({ sendWithProgress }) => sendWithProgress(file));
const followed = document.querySelector('[data-follow]');
if (followed) import('./register.js').then(({ followImport }) => followImport(followed));
