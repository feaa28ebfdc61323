export default defineEventHandler(async (event) => {
  const { name, code, message } = await event.context.logtoClient.getOrganizationToken('nobodys').catch((refusal) => refusal);
  return { name, code, message };
});
