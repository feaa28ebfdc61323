import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:5000/callback',
  postSignOutUri: 'http://localhost:5000/',
  steps: [
    install('pip install authlib flask requests'),
    uris,
    code('program', 'authlib', file('app.py', 'python', `
from urllib.parse import urlencode

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session, url_for
from markupsafe import escape

app = Flask(__name__)
app.secret_key = "@@random@@"

oauth = OAuth(app)
ostiary = oauth.register(
    "ostiary",
    client_id="@@appId@@",
    client_secret="@@appSecret@@",
    server_metadata_url="@@endpoint@@/oidc/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
)


@app.get("/")
def index():
    if "sub" in session:
        return f'Signed in as {escape(session["sub"])}. <a href="/sign-out">Sign out</a>'
    return 'Not signed in. <a href="/sign-in">Sign in</a>'


@app.get("/sign-in")
def sign_in():
    return ostiary.authorize_redirect("@@redirectUri@@")


@app.get("@@callbackPath@@")
def callback():
    token = ostiary.authorize_access_token()
    session["sub"] = token["userinfo"]["sub"]  # of the ID token, verified
    session["id_token"] = token["id_token"]
    return redirect(url_for("index"))


@app.get("/sign-out")
def sign_out():
    end = ostiary.load_server_metadata()["end_session_endpoint"]
    hint = session["id_token"]
    session.clear()
    return redirect(end + "?" + urlencode({"id_token_hint": hint, "post_logout_redirect_uri": "@@postSignOutUri@@"}))
`)),
    run('flask run --port @@port@@'),
  ],
};
