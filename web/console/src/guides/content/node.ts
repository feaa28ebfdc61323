import type { Guide } from '../guide';
import { access, code, file, install, run } from '../steps';

export const guide: Guide = {
  steps: [
    access,
    install('npm install @logto/api'),
    code('program', 'nodeApi', file('users.mjs', 'javascript', `
import { createManagementApi } from '@logto/api/management';

const { apiClient } = createManagementApi('default', {
  clientId: '@@appId@@',
  clientSecret: '@@appSecret@@',
  baseUrl: '@@endpoint@@',
  apiIndicator: 'https://default.logto.app/api',
});

const { data, error } = await apiClient.GET('/api/users', { params: { query: { page: 1, page_size: 5 } } });
if (error) throw new Error(JSON.stringify(error));
console.table(data.map(({ id, username, name }) => ({ id, username, name })));
`)),
    run('node users.mjs', 'runMachine'),
  ],
};
