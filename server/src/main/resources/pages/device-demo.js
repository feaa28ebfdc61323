// A device, as an application on one would be (RFC 8628): it asks for a code, shows it, and asks for tokens until there are some.
(function () {
  'use strict';

  var root = document.getElementById('device');
  var client = root.getAttribute('data-client');
  var round = 0;

  function show(name) {
    ['start', 'waiting', 'done', 'failed'].forEach(function (part) {
      document.getElementById(part).hidden = part !== name;
    });
    var heading = document.getElementById(name + '-heading');
    if (heading) {
      heading.focus();
    }
  }

  function fail(reason) {
    var told = document.getElementById('reason');
    told.textContent =
      reason === 'expired_token' ? told.getAttribute('data-expired')
        : reason === 'access_denied' ? told.getAttribute('data-denied') : reason;
    show('failed');
  }

  function post(path, fields) {
    return fetch(path, { method: 'POST', body: new URLSearchParams(fields) }).then(function (answer) {
      return answer.json();
    });
  }

  // 1. The device asks for a code, and shows it to its user.
  function begin() {
    var own = ++round;
    post('/oidc/device/auth', { client_id: client, scope: 'openid profile email phone' })
      .then(function (asked) {
        if (!asked.device_code) {
          return fail(asked.error_description || asked.error || '');
        }
        var address = document.getElementById('address');
        address.href = asked.verification_uri;
        address.textContent = asked.verification_uri.replace(/^https?:\/\//, '');
        document.getElementById('code').textContent = asked.user_code;
        document.getElementById('qr').src =
          root.getAttribute('data-qr') + '?' + new URLSearchParams({ user_code: asked.user_code });
        show('waiting');
        wait(asked.device_code, (asked.interval || 5) * 1000, own);
      })
      .catch(function (reason) {
        fail(String(reason));
      });
  }

  // 2. Every five seconds, unless it is told another time, it asks for tokens.
  function wait(deviceCode, interval, own) {
    setTimeout(function () {
      if (own !== round) {
        return;
      }
      post('/oidc/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: client,
        device_code: deviceCode
      })
        .then(function (body) {
          if (body.error === 'authorization_pending') {
            return wait(deviceCode, interval, own);
          }
          return body.id_token ? present(body.id_token) : fail(body.error || '');
        })
        .catch(function () {
          // The network may come back before the code expires.
          wait(deviceCode, interval * 2, own);
        });
    }, interval);
  }

  // 3. It has tokens. What the ID token says:
  function present(idToken) {
    var bytes = Uint8Array.from(atob(idToken.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), function (c) {
      return c.charCodeAt(0);
    });
    var all = JSON.parse(new TextDecoder().decode(bytes));
    var list = document.getElementById('claims');
    list.textContent = '';
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
    show('done');
  }

  root.querySelectorAll('[data-begin]').forEach(function (button) {
    button.addEventListener('click', begin);
  });
  show('start');
})();
