import { env } from '$env/dynamic/private';
import { json } from '@sveltejs/kit';

export async function GET({ locals: { logtoClient } }) {
  const before = await logtoClient.getRefreshToken();
  await logtoClient.clearAccessToken();
  const refreshed = await logtoClient.getAccessToken(env.RESOURCE);
  return json({ refreshed, before, after: await logtoClient.getRefreshToken() });
}
