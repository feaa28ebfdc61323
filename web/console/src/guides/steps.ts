import type { Block, Language, Step } from './guide';

type Code = Extract<Step, { kind: 'code' }>;

/** Leading line break and common indentation of a template literal are layout, not code. */
export function trim(text: string): string {
  return text.replace(/^\n/, '').trimEnd();
}

export const file = (name: string, lang: Language, code: string): Block => ({ file: name, lang, code: trim(code) });
export const shell = (code: string): Block => ({ lang: 'bash', code: trim(code) });

export const code = (title: Code['title'], text: Code['text'], ...blocks: Block[]): Step => ({
  kind: 'code',
  title,
  ...(text ? { text } : {}),
  blocks,
});
export const install = (command: string): Step => code('install', undefined, shell(command));
export const run = (command: string, text: Code['text'] = 'runWeb'): Step => code('run', text, shell(command));
export const uris: Step = { kind: 'uris' };
export const access: Step = { kind: 'access' };
