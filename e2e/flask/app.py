"""The Flask program of the quickstart, with the unmodified `logto` package from PyPI."""

import os

import aiohttp
from flask import Flask, jsonify, redirect, request, session
from logto import LogtoClient, LogtoConfig, LogtoException, Storage, UserInfoScope

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
        scopes=[UserInfoScope.email, UserInfoScope.identities],
    ),
    storage=SessionStorage(),
)
home = os.environ["HOME_URL"]


@app.get("/")
async def index():
    if not client.isAuthenticated():
        return '<h1>Bookstore</h1><p id="who">Not authenticated</p><a href="/sign-in">Sign in</a> <a href="/sign-up">Register</a>'
    claims = client.getIdTokenClaims()
    return (
        f'<h1>Bookstore</h1><p id="who">{claims.username}</p><p id="sub">{claims.sub}</p>'
        f'<p id="name">{claims.name}</p><p id="email">{claims.email}</p><p id="picture">{claims.picture}</p>'
        '<a href="/sign-out">Sign out</a>'
    )


@app.get("/sign-in")
async def sign_in():
    address = await client.signIn(redirectUri=home + "callback")
    # The package knows no further parameters; the address is an ordinary one and takes them.
    return redirect(address + "".join(f"&{name}={value}" for name, value in request.args.items()))


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


@app.get("/company-token")
async def company_token():
    """The token that the company's identity provider has given: a question to the user's own API."""
    address = f"{os.environ['LOGTO_ENDPOINT']}/api/my-account/sso-identities/{request.args['connector']}/access-token"
    headers = {"Authorization": f"Bearer {await client.getAccessToken()}"}
    async with aiohttp.ClientSession() as http, http.get(address, headers=headers) as answer:
        return jsonify({"status": answer.status, "body": await answer.json()})


@app.get("/refresh")
async def refresh():
    # Forgetting the cached access tokens makes the package use its refresh token.
    session.pop("accessTokenMap", None)
    await client.getAccessToken()
    return jsonify({"refreshed": client.isAuthenticated()})


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
