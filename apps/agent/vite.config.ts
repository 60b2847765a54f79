import react from '@vitejs/plugin-react';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const libs = fileURLToPath(new URL('../../libs/', import.meta.url));
// The server compares the browser's Origin with the Host it was asked under.
const api = { target: process.env.OPORA_API ?? 'http://127.0.0.1:3000', changeOrigin: false };

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@opora\/client$/, replacement: `${libs}client/index.ts` },
      { find: /^@opora\/ui\/(.+)$/, replacement: `${libs}ui/$1/index.ts` },
      { find: /^@\/(.+)$/, replacement: `${here}$1` },
    ],
  },
  css: { postcss: { plugins: [presetMantine()] } },
  server: { port: 5173, strictPort: true, proxy: { '^/api/': api, '^/dev/': api } },
  build: {
    outDir: '../../dist/web/agent',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 700,
  },
  optimizeDeps: {
    entries: ['index.html', ...readdirSync(`${here}features`).map((feature) => `features/${feature}/routes.tsx`)],
  },
});
