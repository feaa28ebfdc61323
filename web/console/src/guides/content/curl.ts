import type { Guide } from '../guide';
import { access, code, shell } from '../steps';

export const guide: Guide = {
  steps: [
    access,
    code('token', 'token', shell(`
TOKEN=$(curl -fsS "@@endpoint@@/oidc/token" \\
  -u "@@appId@@:@@appSecret@@" \\
  -d grant_type=client_credentials \\
  -d resource=https://default.logto.app/api \\
  -d scope=all | sed -E 's/.*"access_token":"([^"]+)".*/\\1/')`)),
    code('call', 'call', shell('curl -fsS "@@endpoint@@/api/users?page=1&page_size=5" -H "Authorization: Bearer $TOKEN"')),
  ],
};
