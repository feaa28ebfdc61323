import { signIn } from '@logto/next/server-actions';
import { home, logtoConfig } from '../logto';

export async function GET() {
  await signIn(logtoConfig, { redirectUri: home + 'callback' });
}
