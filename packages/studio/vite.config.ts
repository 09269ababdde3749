import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** While the studio itself is edited, `vite` serves it and asks the server of a running `throughline dev` for data. */
const server = process.env['THROUGHLINE_SERVER'] ?? 'http://127.0.0.1:4000'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    // Fonts and pictures stay files: a strict Content-Security-Policy then needs no `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: { host: '127.0.0.1', proxy: { '/api': server } },
})
