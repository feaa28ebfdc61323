import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mockServer } from './dev/mock.ts';

/**
 * `npm run dev` works against a running server (its admin origin in CONSOLE_SERVER);
 * `npm run mock` needs none: `dev/` then stands in for sign-in and API, and is never bundled.
 */
export default defineConfig(({ mode }) => {
  const server = process.env.CONSOLE_SERVER ?? 'http://localhost:3002';
  return {
    base: '/console/',
    plugins: [react(), ...(mode === 'mock' ? [mockServer()] : [])],
    server: mode === 'mock' ? {} : { proxy: { '/api': server, '/oidc': server } },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        output: {
          // Left alone, the bundler makes a file of every component two pages share; the headers of sixty
          // answers then weigh more than their content. What floats (menus, tooltips) comes after the first paint.
          codeSplitting: {
            groups: [
              { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack)\// },
              { name: 'session', test: /node_modules\/(@logto|@silverhand|jose|js-base64|camelcase)/ },
              { name: 'shared', test: /node_modules\/(?!highlight|@floating-ui|tslib)(?!.*(Tooltip|ScrollArea|Popover))|src\/(ui|api)\/[a-z]/, minShareCount: 10 },
            ],
          },
        },
      },
    },
    test: { environment: 'jsdom', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'] },
  };
});
