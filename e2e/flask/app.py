"""The Flask program of the quickstart, with the unmodified `logto` package from PyPI."""

import os

from flask import Flask, jsonify, redirect, request, session
from logto import LogtoClient, LogtoConfig, LogtoException, Storage

app = Flask(__name__)
app.secret_key = os.environ["FLASK_SECRET"]
# Two programs on one host name would otherwise share one cookie.
app.config["SESSION_COOKIE_NAME"] = os.environ.get("COOKIE_NAME", "session")


class SessionStorage(Storage):
    def get(self, key):
        return session.get(key)

    def set(self, key, value):
        session[key] = value

    def delete(self, key):
        session.pop(key, None)


client = LogtoClient(
    LogtoConfig(
        endpoint=os.environ["LOGTO_ENDPOINT"],
        appId=os.environ["LOGTO_APP_ID"],
        appSecret=os.environ["LOGTO_APP_SECRET"],
    ),
    storage=SessionStorage(),
)
home = os.environ["HOME_URL"]


@app.get("/")
async def index():
    if not client.isAuthenticated():
        return '<h1>Bookstore</h1><p id="who">Not authenticated</p><a href="/sign-in">Sign in</a> <a href="/sign-up">Register</a>'
    claims = client.getIdTokenClaims()
    return f'<h1>Bookstore</h1><p id="who">{claims.username}</p><p id="sub">{claims.sub}</p><a href="/sign-out">Sign out</a>'


@app.get("/sign-in")
async def sign_in():
    return redirect(await client.signIn(redirectUri=home + "callback"))


@app.get("/sign-up")
async def sign_up():
    return redirect(await client.signIn(redirectUri=home + "callback", interactionMode="signUp"))


@app.get("/callback")
async def callback():
    try:
        await client.handleSignInCallback(request.url)
    except LogtoException as refusal:
        return f'<p id="refusal">{type(refusal).__name__}: {refusal}</p>', 400
    return redirect("/")


@app.get("/sign-out")
async def sign_out():
    return redirect(await client.signOut(postLogoutRedirectUri=home))


@app.get("/userinfo")
async def userinfo():
    return jsonify((await client.fetchUserInfo()).model_dump(mode="json", exclude_none=True))


@app.get("/refresh")
async def refresh():
    # Forgetting the cached access tokens makes the package use its refresh token.
    session.pop("accessTokenMap", None)
    await client.getAccessToken()
    return jsonify({"refreshed": client.isAuthenticated()})


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
