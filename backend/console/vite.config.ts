import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Pages for people without an account, by the first part of the address of their links. */
const PEOPLE = { s: 'call.html', shop: 'shop.html', d: 'delivery.html' };

const CONSOLE_POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; " +
  "font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'";
const PEOPLE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

/** Writes the content security policy into the built pages, so that they hold it wherever they are served. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'gangseo-csp',
    apply: 'build',
    transformIndexHtml(_html, { path }) {
      const policy = Object.values(PEOPLE).includes(path.replace(/^\//, '')) ? PEOPLE_POLICY : CONSOLE_POLICY;
      return [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
          injectTo: 'head-prepend',
        },
      ];
    },
  };
}

/** `vite dev` serves these pages at the addresses of their links. */
function peoplePageAddresses(): Plugin {
  return {
    name: 'gangseo-people-pages',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = PEOPLE[request.url?.split('/')[1] as keyof typeof PEOPLE];
        if (page) request.url = `/${page}`;
        next();
      });
    },
  };
}

const backend = process.env.GANGSEO_BACKEND ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react(), contentSecurityPolicy(), peoplePageAddresses()],
  server: { host: '127.0.0.1', proxy: { '/api': { target: backend, ws: true } } },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['index.html', ...Object.values(PEOPLE)].map((page) => resolve(import.meta.dirname, page)),
    },
  },
});
