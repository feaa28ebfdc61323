import { env } from '$env/dynamic/private';
import { json } from '@sveltejs/kit';

export async function GET({ locals: { logtoClient } }) {
  return json({
    resource: await logtoClient.getAccessToken(env.RESOURCE),
    organization: await logtoClient.getOrganizationToken(env.ORGANIZATION),
  });
}
