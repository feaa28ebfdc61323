import { signOut } from '@logto/next/server-actions';
import { home, logtoConfig } from '../logto';

export async function GET() {
  await signOut(logtoConfig, home);
}
