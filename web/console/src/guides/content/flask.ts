import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:3000/callback',
  postSignOutUri: 'http://localhost:3000/',
  steps: [
    install('pip install logto "flask[async]"'),
    uris,
    code('program', 'flask', file('app.py', 'python', `
from flask import Flask, redirect, request, session
from logto import LogtoClient, LogtoConfig, Storage
from markupsafe import escape

app = Flask(__name__)
app.secret_key = "@@random@@"


class SessionStorage(Storage):
    """Keeps the tokens of a visitor in the session of Flask."""

    def get(self, key):
        return session.get(key)

    def set(self, key, value):
        session[key] = value

    def delete(self, key):
        session.pop(key, None)


client = LogtoClient(
    LogtoConfig(
        endpoint="@@endpoint@@",
        appId="@@appId@@",
        appSecret="@@appSecret@@",
    ),
    storage=SessionStorage(),
)


@app.route("/")
async def home():
    if not client.isAuthenticated():
        return 'Not signed in. <a href="/sign-in">Sign in</a> or <a href="/sign-up">sign up</a>.'
    claims = client.getIdTokenClaims()
    name = claims.name or claims.username or claims.sub
    return f'Signed in as {escape(name)}. <a href="/sign-out">Sign out</a>'


@app.route("/sign-in")
async def sign_in():
    return redirect(await client.signIn(redirectUri="@@redirectUri@@"))


@app.route("/sign-up")
async def sign_up():
    return redirect(
        await client.signIn(redirectUri="@@redirectUri@@", interactionMode="signUp")
    )


@app.route("@@callbackPath@@")
async def callback():
    await client.handleSignInCallback(request.url)
    return redirect("/")


@app.route("/sign-out")
async def sign_out():
    return redirect(await client.signOut(postLogoutRedirectUri="@@postSignOutUri@@"))
`)),
    run('flask --app app run --port @@port@@'),
  ],
};
