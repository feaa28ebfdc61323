// A program in the browser with the unmodified `@logto/browser` from npm.
import LogtoClient from '@logto/browser';

const { config, home, organization, resource } = await (await fetch('/settings.json')).json();
const client = new LogtoClient(config);
const root = document.getElementById('root');

const paragraph = (id, text) => {
  const made = Object.assign(document.createElement('p'), { id, textContent: text });
  root.append(made);
};
const button = (text, onclick) => root.append(Object.assign(document.createElement('button'), { textContent: text, onclick }));
const told = (id, work) => work().then((text) => paragraph(id, text), (fault) => paragraph(id, `${fault.name} ${fault.code}`));

if (location.pathname === '/callback') {
  await client.handleSignInCallback(location.href);
  location.replace('/');
} else if (await client.isAuthenticated()) {
  paragraph('sub', (await client.getIdTokenClaims()).sub);
  button('Sign out', () => client.signOut(home));
  await told('email', async () => (await client.fetchUserInfo()).email);
  await told('resource', () => client.getAccessToken(resource));
  await told('organization', () => client.getOrganizationToken(organization));
  await client.clearAccessToken();
  await told('refreshed', () => client.getAccessToken(resource));
  await told('refused', () => client.getOrganizationToken('nobodys'));
} else {
  paragraph('who', 'Not authenticated');
  button('Sign in', () => client.signIn(home + 'callback'));
  button('Register', () => client.signIn({ redirectUri: home + 'callback', firstScreen: 'register' }));
}
