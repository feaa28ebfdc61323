import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:5173/callback',
  postSignOutUri: 'http://localhost:5173/',
  steps: [
    code('project', 'ownProject', shell('npx sv create bookstore --template minimal --types ts --no-add-ons\ncd bookstore')),
    install('npm install @logto/sveltekit'),
    uris,
    code('configure', 'svelte',
      file('src/hooks.server.ts', 'typescript', `
import { handleLogto } from '@logto/sveltekit';

export const handle = handleLogto(
  {
    endpoint: '@@endpoint@@',
    appId: '@@appId@@',
    appSecret: '@@appSecret@@',
  },
  { encryptionKey: '@@random@@' },
  { signInCallback: '@@callbackPath@@' },
);
`),
      file('src/app.d.ts', 'typescript', `
import type { LogtoClient, UserInfoResponse } from '@logto/sveltekit';

declare global {
  namespace App {
    interface Locals {
      logtoClient: LogtoClient;
      user?: UserInfoResponse;
    }
  }
}
`)),
    code('page', undefined,
      file('src/routes/+page.server.ts', 'typescript', `
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ user: locals.user });

export const actions: Actions = {
  signIn: ({ locals }) => locals.logtoClient.signIn('@@redirectUri@@'),
  signOut: ({ locals }) => locals.logtoClient.signOut('@@postSignOutUri@@'),
};
`),
      file('src/routes/+page.svelte', 'html', `
<script lang="ts">
  let { data } = $props();
</script>

{#if data.user}
  <form method="POST" action="?/signOut">Signed in as {data.user.username ?? data.user.sub} <button>Sign out</button></form>
{:else}
  <form method="POST" action="?/signIn">Not signed in <button>Sign in</button></form>
{/if}
`)),
    run('npm run dev -- --port @@port@@'),
  ],
};
