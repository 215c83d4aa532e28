import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const SAME_ORIGIN_ONLY = {
  'index.html':
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; " +
    "font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'",
  'call.html':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'",
};

/** Writes the content security policy into the built pages, so that they hold it wherever they are served. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'gangseo-csp',
    apply: 'build',
    transformIndexHtml(_html, { path }) {
      const policy = SAME_ORIGIN_ONLY[path.replace(/^\//, '') as keyof typeof SAME_ORIGIN_ONLY];
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

/** `vite dev` serves the resident page at the address printed on the bench. */
function residentPageAddress(): Plugin {
  return {
    name: 'gangseo-resident-page',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url?.startsWith('/s/')) request.url = '/call.html';
        next();
      });
    },
  };
}

const backend = process.env.GANGSEO_BACKEND ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react(), contentSecurityPolicy(), residentPageAddress()],
  server: { host: '127.0.0.1', proxy: { '/api': { target: backend, ws: true } } },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { console: resolve(import.meta.dirname, 'index.html'), call: resolve(import.meta.dirname, 'call.html') },
    },
  },
});
