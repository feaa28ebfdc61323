// Comfort only: every page works without this file.
(function () {
  'use strict';

  // Show and hide a password. The button is in the page already, hidden, so nothing moves.
  document.querySelectorAll('.reveal').forEach(function (button) {
    var input = document.getElementById(button.getAttribute('aria-controls'));
    button.hidden = false;
    button.addEventListener('click', function () {
      var shown = input.type === 'password';
      input.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(shown));
      input.focus({ preventScroll: true });
    });
  });

  // One submission is enough; the server bears a second one all the same.
  document.querySelectorAll('form[method="post"]').forEach(function (form) {
    var sent = false;
    form.addEventListener('submit', function (event) {
      if (sent || form.hasAttribute('data-inert')) {
        event.preventDefault();
        return;
      }
      sent = true;
      form.querySelectorAll('[data-secret]').forEach(function (input) {
        input.type = 'password';
      });
      (event.submitter || form.querySelector('[type="submit"]')).setAttribute('aria-busy', 'true');
    });
    // Back from the application the form is alive again.
    window.addEventListener('pageshow', function () {
      sent = false;
      form.querySelectorAll('[aria-busy]').forEach(function (button) {
        button.removeAttribute('aria-busy');
      });
    });
  });

  // What is being corrected is wrong no longer; whether it is right the server says.
  document.querySelectorAll('input[aria-invalid]').forEach(function (input) {
    input.addEventListener('input', function () {
      input.removeAttribute('aria-invalid');
    });
  });

  // Rules of a new password that can be judged here are ticked while typing. The server judges all of them.
  var rules = document.querySelector('.rules[data-for]');
  if (rules) {
    var password = document.getElementById(rules.getAttribute('data-for'));
    var judge = {
      length: function (value, least) {
        return value.length >= least;
      },
      types: function (value, least) {
        return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter(function (kind) {
          return kind.test(value);
        }).length >= least;
      }
    };
    password.addEventListener('input', function () {
      rules.querySelectorAll('li').forEach(function (rule) {
        var judged = judge[rule.getAttribute('data-rule')];
        var met = judged && password.value !== '' && judged(password.value, Number(rule.getAttribute('data-least')));
        rule.setAttribute('data-state', met ? 'met' : '');
      });
    });
  }

  // An address of a company with single sign-on needs no password here. Without script the server sees it after the form.
  document.querySelectorAll('form[data-lookup]').forEach(function (form) {
    var name = form.querySelector('[name="identifier"]');
    var password = form.querySelector('[data-secret]');
    var labels = form.querySelectorAll('[type="submit"] > span');
    var known = {};
    var wanted = '';
    var timer;
    function show(elsewhere) {
      var field = password.closest('.field');
      var told = field.querySelector('.instead');
      field.toggleAttribute('data-instead', elsewhere);
      told.textContent = elsewhere ? told.getAttribute('data-text') : '';
      password.disabled = elsewhere;
      labels[0].hidden = elsewhere;
      labels[1].hidden = !elsewhere;
    }
    function look() {
      var address = name.value.trim();
      var domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
      clearTimeout(timer);
      wanted = /^[^@]+@/.test(address) && /.\.../.test(domain) ? domain : '';
      if (!wanted || known[wanted] !== undefined) {
        show(Boolean(known[wanted]));
        return;
      }
      timer = setTimeout(function () {
        fetch(form.getAttribute('data-lookup') + encodeURIComponent('x@' + domain))
          .then(function (answer) {
            return answer.ok ? answer.json() : { connectorIds: [] };
          })
          .then(function (found) {
            known[domain] = found.connectorIds.length > 0;
            if (wanted === domain) {
              show(known[domain]);
            }
          })
          .catch(function () {});
      }, 200);
    }
    if (name && password) {
      name.addEventListener('input', look);
      look();
    }
  });

  // Many choices can be searched; what is ticked stays in sight, so that nothing is allowed unseen.
  document.querySelectorAll('[data-choices]').forEach(function (choices) {
    var filter = choices.querySelector('[data-filter]');
    if (!filter) {
      return;
    }
    filter.hidden = false;
    filter.addEventListener('keydown', function (event) {
      if (event.key === 'Enter') {
        event.preventDefault();
      }
    });
    filter.addEventListener('input', function () {
      var wanted = filter.value.trim().toLowerCase();
      var found = 0;
      choices.querySelectorAll('li').forEach(function (choice) {
        var fits = choice.textContent.toLowerCase().indexOf(wanted) >= 0;
        found += fits ? 1 : 0;
        choice.hidden = !fits && !choice.querySelector('input').checked;
      });
      choices.querySelector('[data-none]').hidden = found > 0;
    });
  });

  document.querySelectorAll('[data-copy]').forEach(function (button) {
    button.hidden = !navigator.clipboard;
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(document.getElementById(button.getAttribute('data-copy')).value).then(function () {
        button.textContent = button.getAttribute('data-done');
      });
    });
  });

  document.querySelectorAll('a[data-inert]').forEach(function (link) {
    link.addEventListener('click', function (event) {
      event.preventDefault();
    });
  });
})();
