// The proof of work: our words, our colours, and workers from files because the pages allow nothing inline.
import 'altcha/external';
import pbkdf2 from 'url:altcha/workers/pbkdf2';
import sha from 'url:altcha/workers/sha';

for (const strength of ['256', '384', '512']) {
  $altcha.algorithms.set(`PBKDF2/SHA-${strength}`, () => new Worker(pbkdf2, { type: 'module' }));
  $altcha.algorithms.set(`SHA-${strength}`, () => new Worker(sha, { type: 'module' }));
}

const widget = document.querySelector('altcha-widget');
const language = document.documentElement.lang;
$altcha.i18n.set(language, { ...$altcha.i18n.get('en'), ...JSON.parse(widget?.dataset.words ?? '{}') });
