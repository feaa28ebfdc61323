import LogtoClient from '@logto/next/server-actions';
import { logtoConfig } from '../logto';

export async function GET() {
  const client = await new LogtoClient(logtoConfig).createNodeClient();
  const before = await client.getRefreshToken();
  await client.clearAccessToken();
  const refreshed = await client.getAccessToken(process.env.RESOURCE);
  return Response.json({ refreshed, before, after: await client.getRefreshToken() });
}
