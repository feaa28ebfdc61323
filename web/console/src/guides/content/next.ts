import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:3000/callback',
  postSignOutUri: 'http://localhost:3000/',
  steps: [
    code('project', 'ownProject', shell('npx create-next-app@latest bookstore --typescript --app --no-src-dir --yes\ncd bookstore')),
    install('npm install @logto/next'),
    uris,
    code('configure', undefined, file('app/logto.ts', 'typescript', `
export const logtoConfig = {
  endpoint: '@@endpoint@@',
  appId: '@@appId@@',
  appSecret: '@@appSecret@@',
  baseUrl: '@@origin@@',
  cookieSecret: '@@random@@',
  cookieSecure: process.env.NODE_ENV === 'production',
};
`)),
    code('callback', 'callback', file('app@@callbackPath@@/route.ts', 'typescript', `
import { handleSignIn } from '@logto/next/server-actions';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { logtoConfig } from '@/app/logto';

export async function GET(request: NextRequest) {
  await handleSignIn(logtoConfig, new URL('@@redirectUri@@?' + request.nextUrl.searchParams));
  redirect('/');
}
`)),
    code('page', 'nextPage', file('app/page.tsx', 'tsx', `
import { getLogtoContext, signIn, signOut } from '@logto/next/server-actions';
import { logtoConfig } from './logto';

export default async function Home() {
  const { isAuthenticated, claims } = await getLogtoContext(logtoConfig);
  return isAuthenticated ? (
    <form
      action={async () => {
        'use server';
        await signOut(logtoConfig, '@@postSignOutUri@@');
      }}
    >
      Signed in as {claims?.username ?? claims?.sub} <button>Sign out</button>
    </form>
  ) : (
    <form
      action={async () => {
        'use server';
        await signIn(logtoConfig, { redirectUri: '@@redirectUri@@' });
      }}
    >
      Not signed in <button>Sign in</button>
    </form>
  );
}
`)),
    run('npm run dev -- --port @@port@@'),
  ],
};
