import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from '../api/errors';
import { router } from './routes';
import { surfaces, theme } from './theme';

// There is nothing to tell before something was done, so this may come after the first paint.
const Notifications = lazy(async () => {
  const [{ Notifications: Component }] = await Promise.all([import('@mantine/notifications'), import('./later')]);
  return { default: Component };
});

const schemes = localStorageColorSchemeManager({ key: 'ostiary-console-theme' });

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only what may pass by itself is tried again.
      retry: (count, error) => count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    },
  },
});

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={surfaces} colorSchemeManager={schemes} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Suspense>
          <Notifications position="top-right" autoClose={3500} limit={3} />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
