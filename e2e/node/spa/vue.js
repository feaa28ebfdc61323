// A program in the browser with the unmodified `@logto/vue` from npm.
import { createLogto, useHandleSignInCallback, useLogto } from '@logto/vue';
import { createApp, h, ref, watch } from 'vue';

const { config, home, organization, resource } = await (await fetch('/settings.json')).json();

const Callback = {
  setup() {
    const { error } = useHandleSignInCallback(() => location.replace('/'));
    return () => h('p', error.value ? error.value.message : 'Signing in');
  },
};

const Home = {
  setup() {
    const logto = useLogto();
    const told = ref({});
    const tell = async () => {
      const { sub } = await logto.getIdTokenClaims();
      const { email } = await logto.fetchUserInfo();
      const tokens = {
        resource: await logto.getAccessToken(resource),
        organization: await logto.getOrganizationToken(organization),
      };
      await logto.clearAccessToken();
      told.value = { sub, email, ...tokens, refreshed: await logto.getAccessToken(resource) };
      // the functions hand a refusal on as `error`
      await logto.getOrganizationToken('nobodys');
    };
    watch(logto.isAuthenticated, (signedIn) => signedIn && tell(), { immediate: true });
    return () =>
      logto.isAuthenticated.value
        ? [
            ...Object.entries(told.value).map(([id, text]) => h('p', { id, key: id }, text)),
            h('p', { id: 'refused' }, logto.error.value && `${logto.error.value.name} ${logto.error.value.code}`),
            h('button', { onClick: () => logto.signOut(home) }, 'Sign out'),
          ]
        : [
            h('p', { id: 'who' }, logto.isLoading.value ? 'Loading' : 'Not authenticated'),
            h('button', { onClick: () => logto.signIn(home + 'callback') }, 'Sign in'),
            h('button', { onClick: () => logto.signIn({ redirectUri: home + 'callback', firstScreen: 'register' }) }, 'Register'),
          ];
  },
};

createApp(location.pathname === '/callback' ? Callback : Home)
  .use(createLogto, config)
  .mount('#root');
