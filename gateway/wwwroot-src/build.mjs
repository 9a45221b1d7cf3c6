// Bundles the pages' styles and scripts into ../wwwroot: names carry a hash of the content, so a browser may keep a file for ever,
// and every text file lies there compressed as well.
import { build } from 'esbuild';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const target = process.argv[2] ?? '../wwwroot';
const entries = ['css/site.css', 'js/site.js', 'js/captcha.js', 'js/passkey.js', 'js/map.css'];

/** `import url from 'url:package/file.js'` puts the file beside the bundle, unchanged, and gives its address: workers need one. */
const asUrl = {
  name: 'url',
  setup(bundler) {
    bundler.onResolve({ filter: /^url:/ }, async ({ path, resolveDir }) => {
      const found = await bundler.resolve(path.slice(4), { resolveDir, kind: 'import-statement' });
      return { path: found.path, namespace: 'url' };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'url' }, async ({ path }) => ({ contents: await readFile(path), loader: 'file' }));
  },
};

await rm(target, { recursive: true, force: true });
await mkdir(join(target, 'assets'), { recursive: true });
await cp('static', target, { recursive: true });

const { metafile } = await build({
  entryPoints: entries,
  outdir: join(target, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
  minify: true,
  legalComments: 'none',
  loader: { '.woff2': 'file' },
  publicPath: '/assets',
  conditions: ['import'],
  metafile: true,
  plugins: [asUrl],
  logLevel: 'warning',
});

const names = {};
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (entryPoint && entries.includes(entryPoint)) names[basename(entryPoint)] = `/assets/${basename(file)}`;
  if (/inter-latin-wght.*\.woff2$/.test(file)) names['font'] = `/assets/${basename(file)}`;
}
await writeFile(join(target, 'assets.json'), JSON.stringify(names, null, 2));

const br = promisify(brotliCompress), gz = promisify(gzip);
for (const name of await readdir(join(target, 'assets'))) {
  if (!/\.(css|m?js)$/.test(name)) continue;
  const file = join(target, 'assets', name), content = await readFile(file);
  await writeFile(`${file}.br`, await br(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  await writeFile(`${file}.gz`, await gz(content, { level: 9 }));
}
