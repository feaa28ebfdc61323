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
          // answers then weigh more than their content. So what is used together comes together: what floats,
          // what is filled in, what is told. The first page shows none of that, and waits for none of it. Each group
          // takes along what it needs, so that no two files need each other.
          codeSplitting: {
            groups: [
              { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack)\//, priority: 9 },
              { name: 'session', test: /src\/app\/session|node_modules\/(@logto|@silverhand|js-base64|camelcase)/, priority: 8 },
              { name: 'first', test: /node_modules|src\/(ui|api)\//, tags: ['$initial'], priority: 7 },
              { name: 'plain', test: /@mantine\/core\/.*\/(Paper|Card|SimpleGrid|ThemeIcon|Skeleton)\//, priority: 6 },
              { name: 'floats', test: /node_modules\/(@floating-ui|tabbable)\/|@mantine\/core\/.*\/(Floating|Popover|Menu|Tooltip|Combobox|Select|ScrollArea|Modal\w*|Pill\w*|TagsInput)\//, priority: 5 },
              { name: 'forms', test: /node_modules\/(react-hook-form|react-textarea-autosize|react-number-format)\/|@mantine\/core\/.*\/(Input\w*|InlineInput|\w+Input|Textarea|Switch|Radio|Checkbox)\//, priority: 4 },
              { name: 'notices', test: /node_modules\/(@mantine\/notifications|react-transition-group)\/|@mantine\/core\/.*\/Notification\//, priority: 3 },
            ],
          },
        },
      },
    },
    test: {
      environment: 'jsdom',
      isolate: false, // or each file would load React and Mantine anew, which is half of the work
      setupFiles: ['test/setup.ts'],
      testTimeout: 30_000,
      include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    },
  };
});
