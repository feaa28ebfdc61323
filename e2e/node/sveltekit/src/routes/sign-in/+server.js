import { env } from '$env/dynamic/private';

export const GET = ({ locals }) => locals.logtoClient.signIn(env.HOME_URL + 'callback');
