import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:8000/callback',
  postSignOutUri: 'http://localhost:8000/',
  steps: [
    install('pip install logto fastapi "uvicorn[standard]" itsdangerous'),
    uris,
    code('program', 'perRequest', file('main.py', 'python', `
from html import escape

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from logto import LogtoClient, LogtoConfig, Storage
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="@@random@@")

config = LogtoConfig(
    endpoint="@@endpoint@@",
    appId="@@appId@@",
    appSecret="@@appSecret@@",
)


class SessionStorage(Storage):
    def __init__(self, session):
        self.session = session

    def get(self, key):
        return self.session.get(key)

    def set(self, key, value):
        self.session[key] = value

    def delete(self, key):
        self.session.pop(key, None)


def logto(request: Request) -> LogtoClient:
    return LogtoClient(config, storage=SessionStorage(request.session))


@app.get("/", response_class=HTMLResponse)
async def home(client: LogtoClient = Depends(logto)):
    if not client.isAuthenticated():
        return 'Not signed in. <a href="/sign-in">Sign in</a>'
    claims = client.getIdTokenClaims()
    name = claims.name or claims.username or claims.sub
    return f'Signed in as {escape(name)}. <a href="/sign-out">Sign out</a>'


@app.get("/sign-in")
async def sign_in(client: LogtoClient = Depends(logto)):
    return RedirectResponse(await client.signIn(redirectUri="@@redirectUri@@"))


@app.get("@@callbackPath@@")
async def callback(request: Request, client: LogtoClient = Depends(logto)):
    await client.handleSignInCallback(str(request.url))
    return RedirectResponse("/")


@app.get("/sign-out")
async def sign_out(client: LogtoClient = Depends(logto)):
    return RedirectResponse(await client.signOut(postLogoutRedirectUri="@@postSignOutUri@@"))
`)),
    run('uvicorn main:app --port @@port@@'),
  ],
};
