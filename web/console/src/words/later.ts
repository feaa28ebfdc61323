import type { access } from './en/later/access';
import type { connectors } from './en/later/connectors';
import type { dashboard } from './en/later/dashboard';
import type { keys } from './en/later/keys';
import type { oauth } from './en/later/oauth';
import type { organizations } from './en/later/organizations';
import type { ownPages } from './en/later/ownPages';
import type { people } from './en/later/people';
import type { registration } from './en/later/registration';
import type { resources } from './en/later/resources';
import type { roles } from './en/later/roles';
import type { scripts } from './en/later/scripts';
import type { sessions } from './en/later/sessions';
import type { sso } from './en/later/sso';
import type { template } from './en/later/template';

/** The words of rooms that the first page does without: one file for each in `<language>/later/`, fetched by the room's routes. */
export interface Later {
  access: typeof access;
  connectors: typeof connectors;
  dashboard: typeof dashboard;
  keys: typeof keys;
  oauth: typeof oauth;
  organizations: typeof organizations;
  ownPages: typeof ownPages;
  people: typeof people;
  registration: typeof registration;
  resources: typeof resources;
  roles: typeof roles;
  scripts: typeof scripts;
  sessions: typeof sessions;
  sso: typeof sso;
  template: typeof template;
}

export type LaterRoom = keyof Later;
