// Part of the image that every sandbox is a copy of; a module, so what it does not put on globalThis no script can reach.
// The host answers six words: input, fetch, timer, due, log, outcome. Whatever a script does to the built-ins here, it does to
// itself alone.
const call = globalThis.java_invoke;
const { parse, stringify } = JSON;
for (const name of ['java_invoke', 'Javy', 'plugin', 'SharedArrayBuffer', 'BigFloat', 'BigFloatEnv', 'BigDecimal']) {
  delete globalThis[name];
}
const host = (word, value) => parse(call('host', word, stringify(value ?? null)));
const define = (name, value) =>
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

// All runs are copies of one image: without a seed for each, chance would be the same in every run.
let [a, b, c, d] = [0, 0, 0, 0];
Math.random = () => {
  const t = (a + b + (d = (d + 1) | 0)) | 0;
  a = b ^ (b >>> 9);
  b = (c + (c << 3)) | 0;
  c = ((c << 21) | (c >>> 11)) + t | 0;
  return (t >>> 0) / 4294967296;
};

class Headers {
  #values = new Map();
  constructor(from) {
    if (from instanceof Headers || Array.isArray(from)) {
      for (const [name, value] of from) this.append(name, value);
    } else if (from) {
      for (const name of Object.keys(from)) this.append(name, from[name]);
    }
  }
  append(name, value) {
    const key = String(name).toLowerCase();
    this.#values.set(key, this.#values.has(key) ? this.#values.get(key) + ', ' + value : String(value));
  }
  set(name, value) { this.#values.set(String(name).toLowerCase(), String(value)); }
  get(name) { return this.#values.get(String(name).toLowerCase()) ?? null; }
  has(name) { return this.#values.has(String(name).toLowerCase()); }
  delete(name) { this.#values.delete(String(name).toLowerCase()); }
  forEach(each) { this.#values.forEach((value, name) => each(value, name, this)); }
  keys() { return this.#values.keys(); }
  values() { return this.#values.values(); }
  entries() { return this.#values.entries(); }
  [Symbol.iterator]() { return this.entries(); }
}

class URLSearchParams {
  #pairs = [];
  constructor(from = '') {
    if (typeof from === 'string') {
      const decode = (text) => decodeURIComponent(text.replaceAll('+', ' '));
      for (const part of from.replace(/^\?/, '').split('&')) {
        if (part) {
          const [name, ...rest] = part.split('=');
          this.append(decode(name), decode(rest.join('=')));
        }
      }
    } else {
      const pairs = typeof from[Symbol.iterator] === 'function' ? from : Object.entries(from);
      for (const [name, value] of pairs) this.append(name, value);
    }
  }
  append(name, value) { this.#pairs.push([String(name), String(value)]); }
  set(name, value) { this.delete(name); this.append(name, value); }
  get(name) { return this.#pairs.find((pair) => pair[0] === name)?.[1] ?? null; }
  getAll(name) { return this.#pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]); }
  has(name) { return this.#pairs.some((pair) => pair[0] === name); }
  delete(name) { this.#pairs = this.#pairs.filter((pair) => pair[0] !== name); }
  [Symbol.iterator]() { return this.#pairs[Symbol.iterator](); }
  toString() {
    const encode = (text) => encodeURIComponent(text).replaceAll('%20', '+');
    return this.#pairs.map(([name, value]) => encode(name) + '=' + encode(value)).join('&');
  }
}

class AbortSignal {
  aborted = false;
  reason = undefined;
  /** Milliseconds that a fetch with this signal may take. */
  timeout = undefined;
  throwIfAborted() { if (this.aborted) throw this.reason; }
  addEventListener() {}
  removeEventListener() {}
  static timeout(milliseconds) {
    const signal = new AbortSignal();
    signal.timeout = Number(milliseconds);
    return signal;
  }
}

class AbortController {
  signal = new AbortSignal();
  abort(reason = new Error('This operation was aborted')) {
    this.signal.aborted = true;
    this.signal.reason = reason;
  }
}

class Response {
  #text;
  #used = false;
  constructor(answer, url) {
    this.#text = answer.body;
    this.status = answer.status;
    this.ok = answer.status >= 200 && answer.status < 300;
    this.statusText = '';
    this.redirected = false;
    this.url = url;
    this.headers = new Headers(answer.headers);
  }
  get bodyUsed() { return this.#used; }
  async text() {
    if (this.#used) throw new TypeError('Body is unusable');
    this.#used = true;
    return this.#text;
  }
  async json() { return parse(await this.text()); }
}

async function fetch(resource, options = {}) {
  const url = String(resource);
  const headers = new Headers(options.headers);
  options.signal?.throwIfAborted();
  let body = options.body;
  if (body instanceof URLSearchParams && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  const answer = host('fetch', {
    url,
    method: String(options.method ?? 'GET').toUpperCase(),
    headers: [...headers],
    body: body === undefined || body === null ? null : String(body),
    timeout: options.signal?.timeout ?? null,
  });
  if (answer.fault) throw new TypeError('fetch failed: ' + answer.fault);
  return new Response(answer, url);
}

const timers = new Map();
let lastTimer = 0;
function setTimeout(action, milliseconds = 0, ...rest) {
  const id = ++lastTimer;
  timers.set(id, () => action(...rest));
  host('timer', { id, milliseconds: Math.max(0, Number(milliseconds) || 0) });
  return id;
}
function clearTimeout(id) { timers.delete(id); }
/** What the host runs when a timer is due. */
Object.defineProperty(globalThis, '__timer', {
  value: () => {
    const id = host('due');
    const action = timers.get(id);
    timers.delete(id);
    action?.();
  },
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function btoa(text) {
  const bytes = String(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = [bytes.charCodeAt(i), bytes.charCodeAt(i + 1), bytes.charCodeAt(i + 2)];
    if (three.some((code) => code > 255)) throw new RangeError('btoa takes characters up to U+00FF');
    const bits = (three[0] << 16) | ((three[1] || 0) << 8) | (three[2] || 0);
    out += ALPHABET[bits >> 18] + ALPHABET[(bits >> 12) & 63];
    out += i + 1 < bytes.length ? ALPHABET[(bits >> 6) & 63] : '=';
    out += i + 2 < bytes.length ? ALPHABET[bits & 63] : '=';
  }
  return out;
}
function atob(text) {
  const letters = String(text).replace(/[\s=]/g, '');
  let out = '';
  for (let i = 0, bits = 0, held = 0; i < letters.length; i++) {
    const value = ALPHABET.indexOf(letters[i]);
    if (value < 0) throw new RangeError('atob takes base64');
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += String.fromCharCode((bits >> held) & 255);
    }
  }
  return out;
}

// Where nobody reads what is logged, nothing is made of it either.
let logged = false;
let characters = 0;
const MOST_CHARACTERS = 20000;
function shown(value) {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return String(value.name) + ': ' + String(value.message);
  try {
    return stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
const logger = (level) => (...values) => {
  // The host takes less; what it does not take is not handed over a thousand times.
  if (!logged || characters > MOST_CHARACTERS) return;
  const text = values.map(shown).join(' ').slice(0, MOST_CHARACTERS);
  characters += text.length + 100;
  host('log', { level, text });
};
define('console', Object.fromEntries(['log', 'info', 'warn', 'error', 'debug', 'trace'].map((level) => [level, logger(level)])));
for (const [name, value] of Object.entries({
  fetch, Headers, Response, URLSearchParams, AbortSignal, AbortController, setTimeout, clearTimeout, btoa, atob,
})) {
  define(name, value);
}

// What has been denied stays denied, even where the script catches what denyAccess throws.
let denied;
const api = Object.freeze({
  denyAccess(message = 'Access denied') {
    denied ??= String(message);
    throw new Error(denied);
  },
  fetch,
});

/** Where in the script it happened: the innermost frame that is the script's own. */
function place(error) {
  if (typeof error?.lineNumber === 'number' && error instanceof SyntaxError) {
    return [error.lineNumber, error.columnNumber];
  }
  const frame = /<input>:(\d+):(\d+)/.exec(String(error?.stack ?? ''));
  return frame ? [Number(frame[1]), Number(frame[2])] : [null, null];
}

function failed(error) {
  if (denied !== undefined) return { denied };
  const [line, column] = place(error);
  return {
    name: String(error?.name ?? 'Error'),
    message: String(error instanceof Error ? error.message : error),
    line,
    column,
  };
}

function succeeded(value) {
  if (denied !== undefined) return { denied };
  if (value === undefined || value === null) return { claims: '{}' };
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new TypeError('getCustomJwtClaims must return a plain object');
  }
  return { claims: stringify(value) };
}

async function run(input) {
  // A classic script: declared at the top is global, and const and let are seen by what follows.
  const entry = (0, eval)(
    input.source + '\n;typeof getCustomJwtClaims === "undefined" ? undefined : getCustomJwtClaims');
  if (typeof entry !== 'function') {
    throw new TypeError('The script must declare a function getCustomJwtClaims');
  }
  return succeeded(await entry({ ...input.argument, api }));
}

/** What the host runs, once in each copy. */
define('__run', () => {
  delete globalThis.__run;
  const input = host('input');
  [a, b, c, d] = input.seed;
  logged = input.logged;
  run(input).catch((error) => failed(error)).then((outcome) => host('outcome', outcome));
});
