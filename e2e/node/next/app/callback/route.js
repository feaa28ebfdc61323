import { handleSignIn } from '@logto/next/server-actions';
import { redirect } from 'next/navigation';
import { home, logtoConfig } from '../logto';

export async function GET(request) {
  await handleSignIn(logtoConfig, new URL(`${home}callback?${request.nextUrl.searchParams}`));
  redirect('/');
}
