"""An API that is guarded by access tokens and verifies them with PyJWT, knowing nothing but issuer and audience."""

import os
from functools import wraps

import jwt
from flask import Flask, jsonify, request

app = Flask(__name__)
issuer = os.environ["ISSUER"]
keys = jwt.PyJWKClient(issuer + "/jwks")


def guarded(audience, scope):
    """Lets in whoever has a token for that audience with that scope."""

    def guard(view):
        @wraps(view)
        def guarded_view(**arguments):
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            try:
                claims = jwt.decode(
                    token,
                    keys.get_signing_key_from_jwt(token).key,
                    algorithms=["ES384", "RS256"],
                    audience=audience(**arguments),
                    issuer=issuer,
                    options={"require": ["exp", "iat", "sub", "aud", "iss"]},
                )
            except jwt.PyJWTError as fault:
                return jsonify({"error": type(fault).__name__}), 401
            if scope not in claims["scope"].split():
                return jsonify({"error": "insufficient_scope", "scope": claims["scope"]}), 403
            return view(claims, **arguments)

        return guarded_view

    return guard


@app.get("/orders")
@guarded(audience=lambda: os.environ["RESOURCE"], scope="read:orders")
def orders(claims):
    return jsonify({"orders": ["a vice"], "sub": claims["sub"], "scope": claims["scope"]})


@app.get("/projects/<organization>")
@guarded(audience=lambda organization: "urn:logto:organization:" + organization, scope="read:projects")
def projects(claims, organization):
    return jsonify({"projects": ["a bench"], "sub": claims["sub"], "scope": claims["scope"]})


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
