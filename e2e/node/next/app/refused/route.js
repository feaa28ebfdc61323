import { getOrganizationToken } from '@logto/next/server-actions';
import { logtoConfig } from '../logto';

export async function GET() {
  const { name, code, message } = await getOrganizationToken(logtoConfig, 'nobodys').catch((refusal) => refusal);
  return Response.json({ name, code, message });
}
