// A client of one's own tenant, as an application would be: code and PKCE (RFC 7636), no library.
(function () {
  'use strict';

  var root = document.getElementById('demo');
  var client = root.getAttribute('data-client');
  var home = location.origin + '/demo-app';
  var store = window.sessionStorage;

  function base64url(bytes) {
    return btoa(String.fromCharCode.apply(null, new Uint8Array(bytes)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');
  }

  function random() {
    return base64url(crypto.getRandomValues(new Uint8Array(32)));
  }

  function show(name) {
    ['start', 'done', 'failed'].forEach(function (part) {
      document.getElementById(part).hidden = part !== name;
    });
  }

  function fail(reason) {
    document.getElementById('reason').textContent = reason;
    show('failed');
  }

  function begin(screen) {
    var verifier = random();
    var state = random();
    store.setItem('ostiary-demo', JSON.stringify({ verifier: verifier, state: state }));
    crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)).then(function (digest) {
      location.assign('/oidc/auth?' + new URLSearchParams({
        client_id: client,
        redirect_uri: home,
        response_type: 'code',
        scope: 'openid profile email phone',
        prompt: 'login',
        state: state,
        code_challenge: base64url(digest),
        code_challenge_method: 'S256',
        first_screen: screen,
        ui_locales: document.documentElement.lang
      }));
    });
  }

  function claims(idToken) {
    var body = idToken.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    var bytes = Uint8Array.from(atob(body), function (c) {
      return c.charCodeAt(0);
    });
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  function present(idToken) {
    var list = document.getElementById('claims');
    var all = claims(idToken);
    Object.keys(all).forEach(function (name) {
      if (all[name] === null) {
        return;
      }
      var row = document.createElement('div');
      var term = document.createElement('dt');
      var value = document.createElement('dd');
      term.textContent = name;
      value.textContent = typeof all[name] === 'object' ? JSON.stringify(all[name]) : String(all[name]);
      row.append(term, value);
      list.append(row);
    });
    document.getElementById('sign-out').addEventListener('click', function () {
      location.assign('/oidc/session/end?' + new URLSearchParams({
        id_token_hint: idToken,
        client_id: client,
        post_logout_redirect_uri: home
      }));
    });
    show('done');
    document.getElementById('done-heading').focus();
  }

  function redeem(query) {
    var kept = JSON.parse(store.getItem('ostiary-demo') || '{}');
    store.removeItem('ostiary-demo');
    history.replaceState(null, '', '/demo-app');
    if (query.get('error')) {
      return fail(query.get('error_description') || query.get('error'));
    }
    if (!kept.state || kept.state !== query.get('state')) {
      return fail('state');
    }
    fetch('/oidc/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client,
        redirect_uri: home,
        code: query.get('code'),
        code_verifier: kept.verifier
      })
    })
      .then(function (answer) {
        return answer.json();
      })
      .then(function (body) {
        return body.id_token ? present(body.id_token) : fail(body.error_description || body.error || '');
      })
      .catch(function (reason) {
        fail(String(reason));
      });
  }

  root.querySelectorAll('[data-screen]').forEach(function (button) {
    button.addEventListener('click', function () {
      begin(button.getAttribute('data-screen'));
    });
  });

  var query = new URLSearchParams(location.search);
  if (query.has('code') || query.has('error')) {
    redeem(query);
  } else {
    show('start');
  }
})();
