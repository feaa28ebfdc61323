import type { Guide } from '../guide';
import { access, code, file, install, run } from '../steps';

export const guide: Guide = {
  steps: [
    access,
    install('pip install requests'),
    code('program', 'token', file('users.py', 'python', `
import requests

endpoint = "@@endpoint@@"

token = requests.post(
    f"{endpoint}/oidc/token",
    auth=("@@appId@@", "@@appSecret@@"),
    data={
        "grant_type": "client_credentials",
        "resource": "https://default.logto.app/api",
        "scope": "all",
    },
    timeout=10,
)
token.raise_for_status()

users = requests.get(
    f"{endpoint}/api/users",
    headers={"Authorization": f"Bearer {token.json()['access_token']}"},
    params={"page": 1, "page_size": 5},
    timeout=10,
)
users.raise_for_status()
for user in users.json():
    print(user["id"], user["username"], user["name"])
`)),
    run('python users.py', 'runMachine'),
  ],
};
