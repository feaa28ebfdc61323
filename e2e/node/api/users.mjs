// A script with the unmodified `@logto/api` from npm: makes a user, finds it, deletes it, and meets a refusal.
import { createManagementApi } from '@logto/api/management';

const { CLIENT_ID, CLIENT_SECRET, ENDPOINT } = process.env;
const { apiClient } = createManagementApi('default', {
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  baseUrl: ENDPOINT,
  apiIndicator: 'https://default.logto.app/api',
});

const body = { username: 'made_by_script', name: 'Made by Script' };
const { data: made } = await apiClient.POST('/api/users', { body });
const { data: found, response } = await apiClient.GET('/api/users', {
  params: { query: { page: 1, page_size: 5, search: '%made_by_script%' } },
});
const twice = await apiClient.POST('/api/users', { body });
const path = { userId: made.id };
await apiClient.PATCH('/api/users/{userId}/custom-data', { params: { path }, body: { customData: { seen: true } } });
const { data: custom } = await apiClient.GET('/api/users/{userId}/custom-data', { params: { path } });
const gone = await apiClient.DELETE('/api/users/{userId}', { params: { path } });
const { data: discovery } = await apiClient.GET('/api/.well-known/sign-in-exp', { params: { query: {} } });

console.log(
  JSON.stringify({
    made,
    found,
    total: response.headers.get('total-number'),
    refusal: { status: twice.response.status, ...twice.error },
    custom,
    gone: gone.response.status,
    signInMode: discovery?.signInMode,
  }),
);
