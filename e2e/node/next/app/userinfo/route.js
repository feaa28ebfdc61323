import { getLogtoContext } from '@logto/next/server-actions';
import { logtoConfig } from '../logto';

export async function GET() {
  const { userInfo } = await getLogtoContext(logtoConfig, { fetchUserInfo: true });
  return Response.json(userInfo);
}
