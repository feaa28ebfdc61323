export default defineEventHandler(async (event) => {
  const { logtoClient } = event.context;
  const { resource, organization } = useRuntimeConfig(event);
  return {
    resource: await logtoClient.getAccessToken(resource),
    organization: await logtoClient.getOrganizationToken(organization),
  };
});
