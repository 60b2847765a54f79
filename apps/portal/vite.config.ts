import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import mantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const API = process.env.OPORA_API ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: from('.'),
  base: '/portal/',
  plugins: [react()],
  resolve: {
    alias: [
      { find: '@opora/client', replacement: from('../../libs/client/index.ts') },
      { find: /^@opora\/ui\/(.+)$/, replacement: from('../../libs/ui/$1/index.ts') },
      { find: /^@\//, replacement: from('./') },
    ],
  },
  css: { postcss: { plugins: [mantine()] } },
  build: { outDir: from('../../dist/web/portal'), emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
  server: { port: 5174, strictPort: true, proxy: { '/api': API } },
});
