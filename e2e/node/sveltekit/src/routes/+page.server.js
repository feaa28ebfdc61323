import { env } from '$env/dynamic/private';

export const load = ({ locals }) => ({ user: locals.user });

export const actions = {
  signIn: ({ locals }) => locals.logtoClient.signIn(env.HOME_URL + 'callback'),
  signOut: ({ locals }) => locals.logtoClient.signOut(env.HOME_URL),
};
