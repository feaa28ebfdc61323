// An OpenID provider of the tests: npm oidc-provider, unmodified. People sign in by typing their e-mail address and any
// password. The tests change it while it runs: PUT /test/clients replaces the clients, PUT /test/down names the path from
// where on it does not answer, POST /test/rotate brings a new signing key and forgets the old one. Codes and sessions outlive
// all three.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

/** What the provider remembers, kept outside of it: it is made anew when the tests change it. */
const rows = new Map();
class Memory {
  constructor(model) {
    this.model = model;
  }
  #key = (id) => `${this.model}:${id}`;
  upsert = async (id, row) => rows.set(this.#key(id), row);
  find = async (id) => rows.get(this.#key(id));
  findByUid = async (uid) => [...rows.values()].find((row) => row.kind === this.model && row.uid === uid);
  consume = async (id) => Object.assign(rows.get(this.#key(id)), { consumed: Math.floor(Date.now() / 1000) });
  destroy = async (id) => rows.delete(this.#key(id));
  revokeByGrantId = async (grant) => {
    for (const [key, row] of rows) if (row.grantId === grant) rows.delete(key);
  };
}

const port = Number(process.env.PORT);
const issuer = `http://127.0.0.1:${port}`;
let clients = [];
let key = newKey();
let down = null;
let handle = start();
const seen = [];

function newKey() {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "ES256" };
}

function start() {
  const provider = new Provider(issuer, {
    adapter: Memory,
    clients: clients.map(({ answers_by_form, ...client }) => client),
    jwks: { keys: [key] },
    enabledJWA: { idTokenSigningAlgValues: ["ES256"], clientAuthSigningAlgValues: ["ES384", "ES256"] },
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    cookies: { keys: ["a-key-of-the-tests"] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name", "picture"], email: ["email", "email_verified"], groups: ["groups"] },
    scopes: ["openid", "profile", "email", "groups", "offline_access"],
    features: { devInteractions: { enabled: true } },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 600, AccessToken: 60, AuthorizationCode: 60 },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed("refresh_token"),
    findAccount: (_, email) => ({
      accountId: email,
      claims: () => ({
        sub: email,
        name: email.split("@")[0].split(".").map((word) => word[0].toUpperCase() + word.slice(1)).join(" "),
        picture: `https://pictures.example/${encodeURIComponent(email)}.png`,
        email,
        email_verified: !email.startsWith("unverified"),
        groups: ["readers"],
      }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile email groups offline_access");
      await grant.save();
      return grant;
    },
  });
  return provider.callback();
}

/** Some providers answer by a form although nobody asked them to: for such a client the question is put into the request. */
function answerByForm(request) {
  const url = new URL(request.url, issuer);
  const client = clients.find(({ client_id }) => client_id === url.searchParams.get("client_id"));
  if (url.pathname === "/auth" && client?.answers_by_form) {
    url.searchParams.set("response_mode", "form_post");
    request.url = url.pathname + url.search;
  }
}

async function command(request) {
  let body = "";
  for await (const part of request) body += part;
  if (request.url === "/test/clients") clients = JSON.parse(body);
  if (request.url === "/test/rotate") key = newKey();
  if (request.url === "/test/down") down = JSON.parse(body);
  handle = start();
}

createServer(async (request, response) => {
  if (request.url === "/test/seen") return response.end(JSON.stringify(seen));
  if (request.url.startsWith("/test/")) {
    await command(request);
    return response.writeHead(204).end();
  }
  seen.push(`${request.method} ${request.url}`);
  if (down !== null && request.url.startsWith(down)) return request.socket.destroy();
  answerByForm(request);
  return handle(request, response);
}).listen(port, "127.0.0.1");
