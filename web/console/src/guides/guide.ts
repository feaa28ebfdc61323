import type { en } from '../words/en';

export type Language =
  | 'bash' | 'python' | 'javascript' | 'typescript' | 'tsx' | 'html' | 'java' | 'yaml' | 'csharp' | 'go' | 'php' | 'ruby'
  | 'swift' | 'kotlin' | 'dart' | 'xml' | 'ini' | 'json' | 'css';

type StepTitle = keyof typeof en.guides.steps;
type StepText = keyof typeof en.guides.texts;

export interface Block {
  /** Name of the file, where the code is one. */
  file?: string;
  lang: Language;
  code: string;
}

export type Step =
  | { kind: 'code'; title: StepTitle; text?: StepText; blocks: Block[] }
  /** The editor of the application's own addresses. */
  | { kind: 'uris' }
  /** The switch for the Management API. */
  | { kind: 'access' };

export interface Guide {
  /** What is proposed while the application has no addresses; the code follows what is set. */
  redirectUri?: string;
  postSignOutUri?: string;
  steps: Step[];
}

/** What stands between `@@` in the code of a guide. */
export interface Values {
  endpoint: string;
  appId: string;
  appSecret: string;
  redirectUri: string;
  postSignOutUri: string;
  /** A value for secrets of the sample itself, such as the key of its session cookie. */
  random: string;
}

/** The code is run on the reader's machine first, whatever else is registered. */
export const runnable = (uris: readonly string[]): string | undefined =>
  uris.find((uri) => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(uri)) ?? uris[0];

/** A quote or a line break would leave the string literal it is pasted into. */
const literal = (text: string) => text.replace(/['"`\\<>\s${}]/g, (sign) => encodeURIComponent(sign).replace("'", '%27'));

function derived(values: Values) {
  const private_ = /^([a-z][\w+.-]*):/i.exec(values.redirectUri)?.[1] ?? '';
  const web = /^https?$/i.test(private_);
  const url = web ? new URL(values.redirectUri) : null;
  return {
    ...values,
    redirectUri: literal(values.redirectUri),
    postSignOutUri: literal(values.postSignOutUri),
    origin: url ? url.origin : '',
    port: url ? url.port || (url.protocol === 'https:' ? '443' : '80') : '',
    callbackPath: url ? literal(url.pathname) : '',
    scheme: web ? '' : private_,
    host: web ? '' : literal(/^[^:]+:\/\/([^/?]*)/.exec(values.redirectUri)?.[1] ?? ''),
    path: web ? '' : literal(/^[^:]+:\/\/[^/?]*([^?]*)/.exec(values.redirectUri)?.[1] ?? ''),
  };
}

/** The code with this application's own values in it. */
export function fill(code: string, values: Values): string {
  const all: Record<string, string> = derived(values);
  return code.replace(/@@(\w+)@@/g, (whole, name: string) => all[name] ?? whole);
}
