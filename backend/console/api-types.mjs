/** Writes src/api/api.d.ts from the backend's own OpenAPI document; `--check` only tells whether it is up to date. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import openapi, { astToString } from 'openapi-typescript';

const FILE = new URL('src/api/api.d.ts', import.meta.url);
const BACKEND = new URL('..', import.meta.url).pathname;
const HEAD = '/** Made by `npm run api` from the backend. Do not edit. */\n\n';

const printed = execFileSync(process.env.PYTHON ?? 'python', ['-m', 'gangseo_backend.openapi'], {
  cwd: BACKEND,
  maxBuffer: 16 * 1024 * 1024,
});
const document = JSON.parse(printed.toString());
for (const operations of Object.values(document.webhooks ?? {})) {
  // FastAPI says that a webhook's receiver may answer 422 with a schema this API does not have.
  for (const operation of Object.values(operations)) delete operation.responses?.['422'];
}
const types = HEAD + astToString(await openapi(document));
if (!process.argv.includes('--check')) writeFileSync(FILE, types);
else if (readFileSync(FILE, 'utf8') !== types) {
  console.error('src/api/api.d.ts is not what the backend says: run `npm run api`');
  process.exit(1);
}
