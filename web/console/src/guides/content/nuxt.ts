import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:3000/callback',
  postSignOutUri: 'http://localhost:3000/',
  steps: [
    code('project', 'ownProject', shell('npm create nuxt@latest bookstore\ncd bookstore')),
    install('npm install @logto/nuxt'),
    uris,
    code('configure', 'nuxt', file('nuxt.config.ts', 'typescript', `
export default defineNuxtConfig({
  modules: ['@logto/nuxt'],
  runtimeConfig: {
    logto: {
      endpoint: '@@endpoint@@',
      appId: '@@appId@@',
      appSecret: '@@appSecret@@',
      cookieEncryptionKey: '@@random@@',
      pathnames: { callback: '@@callbackPath@@' },
    },
  },
});
`)),
    code('page', undefined, file('app/app.vue', 'html', `
<script setup lang="ts">
const user = useLogtoUser();
</script>

<template>
  <p v-if="user">Signed in as {{ user.username ?? user.sub }}. <a href="/sign-out">Sign out</a></p>
  <p v-else>Not signed in. <a href="/sign-in">Sign in</a></p>
</template>
`)),
    run('npm run dev -- --port @@port@@'),
  ],
};
