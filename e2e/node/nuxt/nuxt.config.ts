// A web program with the unmodified `@logto/nuxt` from npm. What is empty here comes from the environment: start.mjs.
export default defineNuxtConfig({
  modules: ['@logto/nuxt'],
  compatibilityDate: '2026-01-01',
  telemetry: false,
  buildDir: 'dist/nuxt',
  nitro: { output: { dir: '{{ rootDir }}/dist/program' } },
  runtimeConfig: {
    resource: '',
    organization: '',
    logto: {
      endpoint: '',
      appId: '',
      appSecret: '',
      cookieName: '',
      cookieEncryptionKey: 'not-a-secret-of-anybody-but-long-enough',
      resources: [],
      scopes: [],
    },
  },
});
