"""A program with customers of its own: organizations, an API of its own. With the unmodified `logto` package from PyPI."""

import os
import secrets
from collections import defaultdict

import aiohttp
from flask import Flask, jsonify, redirect, request, session
from logto import LogtoClient, LogtoConfig, LogtoException, Storage, UserInfoScope

app = Flask(__name__)
app.secret_key = os.environ["FLASK_SECRET"]
app.config["SESSION_COOKIE_NAME"] = os.environ["COOKIE_NAME"]
home = os.environ["HOME_URL"]
orders = os.environ["ORDERS_URL"]

# Tokens of several APIs are more than a cookie holds.
kept = defaultdict(dict)


class ServerStorage(Storage):
    def _own(self):
        return kept[session.setdefault("key", secrets.token_urlsafe())]

    def get(self, key):
        return self._own().get(key)

    def set(self, key, value):
        self._own()[key] = value

    def delete(self, key):
        self._own().pop(key, None)


storage = ServerStorage()
client = LogtoClient(
    LogtoConfig(
        endpoint=os.environ["LOGTO_ENDPOINT"],
        appId=os.environ["LOGTO_APP_ID"],
        appSecret=os.environ["LOGTO_APP_SECRET"],
        resources=[os.environ["ORDERS_RESOURCE"]],
        scopes=[
            UserInfoScope.email,
            UserInfoScope.organizations,
            UserInfoScope.organization_roles,
            *os.environ["SCOPES"].split(),
        ],
    ),
    storage=storage,
)


@app.get("/")
async def index():
    if not client.isAuthenticated():
        return '<h1>Workshop</h1><p id="who">Not authenticated</p><a href="/sign-in">Sign in</a>'
    claims = client.getIdTokenClaims()
    return (
        f'<h1>Workshop</h1><p id="sub">{claims.sub}</p><p id="email">{claims.email}</p>'
        f'<p id="organizations">{" ".join(claims.organizations or [])}</p>'
        f'<p id="roles">{" ".join(claims.organization_roles or [])}</p><a href="/sign-out">Sign out</a>'
    )


@app.get("/sign-in")
async def sign_in():
    address = await client.signIn(redirectUri=home + "callback")
    return redirect(address + "".join(f"&{name}={value}" for name, value in request.args.items()))


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


async def ask(path, token):
    async with aiohttp.ClientSession() as http:
        async with http.get(orders + path, headers={"Authorization": f"Bearer {token}"}) as answer:
            return jsonify({"status": answer.status, "body": await answer.json()})


@app.get("/orders")
async def my_orders():
    return await ask("orders", await client.getAccessToken(os.environ["ORDERS_RESOURCE"]))


@app.get("/projects/<organization>")
async def projects(organization):
    try:
        token = await client.getOrganizationToken(organization)
    except LogtoException as refusal:
        return jsonify({"status": 0, "body": {"refusal": str(refusal)}})
    return await ask("projects/" + organization, token)


@app.get("/forget")
async def forget():
    """Forgets the cached access tokens: the package then uses its refresh token."""
    storage.delete("accessTokenMap")
    return jsonify({"forgotten": True})


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
