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
          // what is filled in, what is told. The first page shows none of that, and waits for none of it.
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack)\// },
              { name: 'session', test: /node_modules\/(@logto|@silverhand|js-base64|camelcase)/ },
              { name: 'core', test: /@mantine\/(core\/esm\/core|hooks)\/|node_modules\/(clsx|i18next|react-i18next|use-sync-external-store|html-parse-stringify)\// },
              { name: 'floats', test: /node_modules\/(@floating-ui|tabbable)\/|@mantine\/core\/.*\/(Floating|Popover|Menu|Tooltip|Combobox|Select|ScrollArea|Modal\w*|Pill\w*|TagsInput)\// },
              { name: 'forms', test: /node_modules\/(react-hook-form|react-textarea-autosize|react-number-format)\/|@mantine\/core\/.*\/(Input\w*|InlineInput|\w+Input|Textarea|Switch|Radio|Checkbox)\// },
              { name: 'notices', test: /node_modules\/(@mantine\/notifications|react-transition-group)\/|@mantine\/core\/.*\/Notification\// },
              { name: 'shared', test: /node_modules\/(?!highlight|tslib)|src\/(ui|api)\/[a-z]/, minShareCount: 10 },
            ],
          },
        },
      },
    },
    test: { environment: 'jsdom', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'] },
  };
});
