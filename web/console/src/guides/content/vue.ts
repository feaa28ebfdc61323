import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:5173/callback',
  postSignOutUri: 'http://localhost:5173/',
  steps: [
    code('project', 'ownProject', shell('npm create vite@latest bookstore -- --template vue-ts --no-interactive\ncd bookstore && npm install')),
    install('npm install @logto/vue'),
    uris,
    code('provider', 'spaProvider', file('src/main.ts', 'typescript', `
import { createLogto } from '@logto/vue';
import { createApp } from 'vue';
import App from './App.vue';

createApp(App)
  .use(createLogto, { endpoint: '@@endpoint@@', appId: '@@appId@@' })
  .mount('#app');
`)),
    code('page', 'spaPage',
      file('src/App.vue', 'html', `
<script setup lang="ts">
import Callback from './Callback.vue';
import Home from './Home.vue';

const returning = window.location.pathname === '@@callbackPath@@';
</script>

<template>
  <Callback v-if="returning" />
  <Home v-else />
</template>
`),
      file('src/Callback.vue', 'html', `
<script setup lang="ts">
import { useHandleSignInCallback } from '@logto/vue';

const { error } = useHandleSignInCallback(() => window.location.replace('/'));
</script>

<template>
  <p>{{ error?.message ?? 'Signing in' }}</p>
</template>
`),
      file('src/Home.vue', 'html', `
<script setup lang="ts">
import { type IdTokenClaims, useLogto } from '@logto/vue';
import { ref, watch } from 'vue';

const { isAuthenticated, getIdTokenClaims, signIn, signOut } = useLogto();
const user = ref<IdTokenClaims>();
watch(isAuthenticated, async (signedIn) => {
  if (signedIn) user.value = await getIdTokenClaims();
}, { immediate: true });
</script>

<template>
  <p v-if="isAuthenticated">
    Signed in as {{ user?.username ?? user?.sub }}
    <button @click="signOut('@@postSignOutUri@@')">Sign out</button>
  </p>
  <p v-else>Not signed in <button @click="signIn('@@redirectUri@@')">Sign in</button></p>
</template>
`)),
    run('npm run dev -- --port @@port@@'),
  ],
};
