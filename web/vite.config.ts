import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const API = process.env.API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    // old campus PCs (ecosystem.md §3)
    target: ['chrome109', 'edge109', 'firefox115', 'safari16.4'],
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '/v1': API, '/v': API, '/problems': API, '/healthz': API } },
});
