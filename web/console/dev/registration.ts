type Row = Record<string, any>;

const settings: Row = {
  enabled: true, requiresInitialAccessToken: false, types: ['Native', 'SPA', 'Traditional'], allowsDeviceFlow: false, redirectHosts: ['localhost', 'agent.example'],
  maxClients: 1000, attemptsPerHour: 30, unusedLifetimeInDays: 7,
};
const cimd: Row = { enabled: true };
let tokens: Row[] = process.env.MOCK_EMPTY ? [] : [
  { id: 't1', name: 'Partner build', uses: 3, maxUses: 20, createdAt: Date.now() - 86_400_000, expiresAt: Date.now() + 6 * 86_400_000 },
  { id: 't2', name: 'Trial', uses: 1, maxUses: 1, createdAt: Date.now() - 9 * 86_400_000, expiresAt: null },
];
const ceilings: Record<string, Row> = Object.fromEntries(['cimd', 'configs'].map((room) => [room, {
  organizationScopes: [], userScopes: ['profile', 'email'], organizationResourceScopes: [],
  resourceScopes: [{ resource: { id: 'notes', name: 'Notes', indicator: 'https://mcp.example/mcp' }, scopes: [{ id: 's1', name: 'read:notes', description: 'Read your notes' }] }],
}]));

/** Who may register clients, and what those may ask for; undefined for what is elsewhere. */
export function answerRegistration(method: string, path: string[], sent: Row): unknown {
  const address = path.join('/');
  if (address.includes('user-consent-scopes')) {
    const ceiling = ceilings[path[0]!]!;
    if (method === 'POST') ceiling.userScopes.push(...(sent.userScopes ?? []));
    if (method === 'DELETE') ceiling.userScopes = ceiling.userScopes.filter((scope: string) => scope !== decodeURIComponent(path.at(-1)!));
    return ceiling;
  }
  if (address === 'configs/cimd') return Object.assign(cimd, sent);
  if (address === 'configs/oidc/registration') return Object.assign(settings, sent);
  if (!address.startsWith('configs/oidc/registration/initial-access-tokens')) return undefined;
  if (method === 'DELETE') tokens = tokens.filter(({ id }) => id !== path.at(-1));
  if (method !== 'POST') return tokens;
  const made = { id: `t${Date.now()}`, uses: 0, createdAt: Date.now(), ...sent };
  tokens = [made, ...tokens];
  return { ...made, value: 'wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY_1234' };
}
