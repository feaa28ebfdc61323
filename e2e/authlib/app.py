"""A web program with Authlib from PyPI: the standards, in its client for Flask."""

import os

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, jsonify, redirect, session, url_for
from urllib.parse import urlencode

app = Flask(__name__)
app.secret_key = "not-a-secret-of-anybody"
app.config["SESSION_COOKIE_NAME"] = "session-" + os.environ["PORT"]
home = os.environ["HOME_URL"]
resource = os.environ["RESOURCE"]

oauth = OAuth(app)
ostiary = oauth.register(
    "ostiary",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=os.environ["ENDPOINT"] + "/oidc/.well-known/openid-configuration",
    client_kwargs={
        "scope": "openid profile email offline_access urn:logto:scope:organizations " + os.environ["SCOPES"],
        "code_challenge_method": "S256",
    },
    # without prompt=consent there is no refresh token (OpenID Connect Core section 11)
    authorize_params={"prompt": "consent", "resource": resource},
)


@app.get("/")
def index():
    return f'<p id="sub">{session["sub"]}</p>' if "sub" in session else "Not authenticated"


@app.get("/sign-in")
def sign_in():
    return ostiary.authorize_redirect(home + "callback")


@app.get("/callback")
def callback():
    token = ostiary.authorize_access_token()
    session["sub"] = token["userinfo"]["sub"]  # of the ID token, verified
    session["id_token"] = token["id_token"]
    session["refresh_token"] = token["refresh_token"]
    return redirect(url_for("index"))


def refresh(**parameters):
    token = ostiary.fetch_access_token(
        grant_type="refresh_token", refresh_token=session["refresh_token"], **parameters
    )
    session["refresh_token"] = token.get("refresh_token", session["refresh_token"])
    return token


@app.get("/userinfo")
def userinfo():
    return jsonify(ostiary.userinfo(token=refresh()))


@app.get("/tokens")
def tokens():
    return jsonify(
        resource=refresh(resource=resource)["access_token"],
        organization=refresh(organization_id=os.environ["ORGANIZATION"])["access_token"],
    )


@app.get("/refresh")
def refreshed():
    token = refresh(resource=resource)
    return jsonify(refreshed=token["access_token"], scope=token["scope"], after=session["refresh_token"])


@app.get("/refused")
def refused():
    try:
        return jsonify(refresh(organization_id="nobodys"))
    except OAuthError as refusal:
        return jsonify(name=type(refusal).__name__, code=refusal.error, message=refusal.description)


@app.get("/sign-out")
def sign_out():
    end = ostiary.load_server_metadata()["end_session_endpoint"]
    hint = session["id_token"]
    session.clear()
    return redirect(end + "?" + urlencode({"id_token_hint": hint, "post_logout_redirect_uri": home}))


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
