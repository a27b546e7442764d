/** The development server and the production build. Tests have their own file: vitest.config.ts. */
import { fileURLToPath, URL } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { loadAgain } from './vite.load-again.ts'

const { BACKEND_URL = 'http://backend:8000', VITE_ALLOWED_HOSTS = '' } = process.env

export default defineConfig({
  plugins: [react(), loadAgain()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },

  server: {
    port: 5173,
    strictPort: true,

    // Only the path. The client then takes host and port from the page's own address, so hot reload
    // works through nginx on any host port, and on this port directly.
    ws: { path: '/ws' },

    // nginx passes on the Host that the browser sent. localhost and plain IP addresses are always
    // allowed; any other name is listed in .env, since `true` would open the door to DNS rebinding.
    allowedHosts: VITE_ALLOWED_HOSTS.split(',')
      .map((host) => host.trim())
      .filter(Boolean),

    // For a browser that comes to this port directly; through nginx these paths never get here.
    // The Host stays what the browser sent: Django compares it with Origin in its CSRF check.
    // `ws` passes an upgrade of the connection on as well; Vite's own path, above, is none of these.
    proxy: {
      '^/(api|admin|static|media)(/|$)': {
        target: BACKEND_URL,
        changeOrigin: false,
        xfwd: true,
        ws: true,
      },
    },

    // What breaks in a browser is in this server's log, with the lines of the source: ./docker-dev.sh errors reads it there.
    // Of the development server only: a build has no part of it.
    forwardConsole: { unhandledErrors: true, logLevels: ['error'] },

    watch: { ignored: ['**/dist/**', '**/coverage/**'] },

    // Transformed while the server starts, not when the first browser asks.
    warmup: { clientFiles: ['./src/main.tsx', './src/features/onboarding/onboarding-page.tsx'] },
  },

  // Named here, the dependencies are bundled at start; found later, each would reload the page.
  optimizeDeps: {
    include: [
      '@base-ui/react/checkbox',
      '@base-ui/react/dialog',
      '@base-ui/react/field',
      '@base-ui/react/select',
      '@base-ui/react/toast',
      '@hookform/resolvers/valibot',
      '@tanstack/react-query',
      'openapi-fetch',
      'react',
      'react-dom',
      'react-dom/client',
      'react-hook-form',
      'react/jsx-dev-runtime',
      'react-router',
      'react-router/dom',
      'valibot',
      // slot: dependencies
    ],
  },
})
