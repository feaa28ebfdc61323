export default defineEventHandler(async (event) => {
  const { logtoClient } = event.context;
  const before = await logtoClient.getRefreshToken();
  await logtoClient.clearAccessToken();
  const refreshed = await logtoClient.getAccessToken(useRuntimeConfig(event).resource);
  return { refreshed, before, after: await logtoClient.getRefreshToken() };
});
