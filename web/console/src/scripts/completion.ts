import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Kind } from './queries';
import { fieldsAt, type Field } from './samples';

/** Names that a parameter list takes out of the argument of the function. */
const completions = (fields: Field[]): Completion[] =>
  fields.map(({ name, type }) => ({ label: name, detail: type, type: type.includes('=>') ? 'function' : type === 'object' || type === 'array' ? 'namespace' : 'property' }));

/** Completes `context.user.…` along the shape of what the script is told, and the variables by their names. */
export function completeFields(kind: Kind, variables: () => string[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const path = context.matchBefore(/[A-Za-z_$][\w$]*(?:\s*\??\.\s*[\w$]*)+$/);
    if (!path) {
      const word = context.matchBefore(/[\w$]+$/);
      if (!word && !context.explicit) return null;
      return { from: word?.from ?? context.pos, options: completions(fieldsAt(kind, [])), validFor: /^[\w$]*$/ };
    }
    const names = path.text.split(/\s*\??\.\s*/);
    const typed = names.pop()!;
    const fields = names.length === 1 && names[0] === 'environmentVariables'
      ? variables().map((name): Field => ({ name, type: 'string' }))
      : fieldsAt(kind, names);
    return fields.length > 0 ? { from: path.to - typed.length, options: completions(fields), validFor: /^[\w$]*$/ } : null;
  };
}
