import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:8000/callback',
  postSignOutUri: 'http://localhost:8000/',
  steps: [
    install('pip install logto django uvicorn'),
    code('project', 'ownProject', shell('django-admin startproject bookstore\ncd bookstore')),
    uris,
    code('configure', 'djangoSession', file('bookstore/settings.py', 'python', `
# at the end of the file
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
`)),
    code('routes', 'perRequest',
      file('bookstore/views.py', 'python', `
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import escape
from logto import LogtoClient, LogtoConfig, Storage

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


def logto(request):
    return LogtoClient(config, storage=SessionStorage(request.session))


async def home(request):
    client = logto(request)
    if not client.isAuthenticated():
        return HttpResponse('Not signed in. <a href="/sign-in">Sign in</a>')
    claims = client.getIdTokenClaims()
    name = escape(claims.name or claims.username or claims.sub)
    return HttpResponse(f'Signed in as {name}. <a href="/sign-out">Sign out</a>')


async def sign_in(request):
    return redirect(await logto(request).signIn(redirectUri="@@redirectUri@@"))


async def callback(request):
    await logto(request).handleSignInCallback(request.build_absolute_uri())
    return redirect("/")


async def sign_out(request):
    return redirect(await logto(request).signOut(postLogoutRedirectUri="@@postSignOutUri@@"))
`),
      file('bookstore/urls.py', 'python', `
from django.urls import path

from . import views

urlpatterns = [
    path("", views.home),
    path("sign-in", views.sign_in),
    path("@@callbackPath@@"[1:], views.callback),
    path("sign-out", views.sign_out),
]
`)),
    run('uvicorn bookstore.asgi:application --port @@port@@'),
  ],
};
