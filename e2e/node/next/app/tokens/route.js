import { getAccessToken, getOrganizationToken } from '@logto/next/server-actions';
import { logtoConfig } from '../logto';

export async function GET() {
  return Response.json({
    resource: await getAccessToken(logtoConfig, process.env.RESOURCE),
    organization: await getOrganizationToken(logtoConfig, process.env.ORGANIZATION),
  });
}
