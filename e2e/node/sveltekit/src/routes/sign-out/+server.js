import { env } from '$env/dynamic/private';

export const GET = ({ locals }) => locals.logtoClient.signOut(env.HOME_URL);
