export default defineEventHandler((event) => event.context.logtoClient.fetchUserInfo());
