import type { CreatableType } from '../api/types';

export interface Framework {
  id: string;
  name: string;
  type: CreatableType;
  /** Other words people search for. */
  also?: string;
}

/** What the gallery shows, the most asked for first within each type; each has `guides/<id>.ts`. */
export const frameworks = [
  { id: 'flask', name: 'Flask', type: 'Traditional', also: 'python' },
  { id: 'next', name: 'Next.js', type: 'Traditional', also: 'react app router node' },
  { id: 'express', name: 'Express', type: 'Traditional', also: 'node javascript' },
  { id: 'spring-boot', name: 'Spring Boot', type: 'Traditional', also: 'java' },
  { id: 'django', name: 'Django', type: 'Traditional', also: 'python' },
  { id: 'fastapi', name: 'FastAPI', type: 'Traditional', also: 'python starlette' },
  { id: 'dotnet', name: 'ASP.NET Core', type: 'Traditional', also: 'c# csharp dotnet blazor mvc' },
  { id: 'go', name: 'Go', type: 'Traditional', also: 'golang gin chi echo' },
  { id: 'php', name: 'PHP', type: 'Traditional', also: 'laravel symfony' },
  { id: 'rails', name: 'Ruby on Rails', type: 'Traditional', also: 'ruby' },
  { id: 'nuxt', name: 'Nuxt', type: 'Traditional', also: 'vue node' },
  { id: 'sveltekit', name: 'SvelteKit', type: 'Traditional', also: 'svelte node' },
  { id: 'openid-client', name: 'openid-client', type: 'Traditional', also: 'standard node javascript fapi' },
  { id: 'authlib', name: 'Authlib', type: 'Traditional', also: 'standard python flask' },
  { id: 'react', name: 'React', type: 'SPA', also: 'vite javascript' },
  { id: 'vue', name: 'Vue', type: 'SPA', also: 'vite javascript' },
  { id: 'angular', name: 'Angular', type: 'SPA', also: 'typescript' },
  { id: 'vanilla', name: 'JavaScript', type: 'SPA', also: 'vanilla browser html svelte' },
  { id: 'ios', name: 'iOS', type: 'Native', also: 'swift swiftui apple' },
  { id: 'android', name: 'Android', type: 'Native', also: 'kotlin java' },
  { id: 'flutter', name: 'Flutter', type: 'Native', also: 'dart' },
  { id: 'expo', name: 'Expo', type: 'Native', also: 'react native' },
  { id: 'curl', name: 'curl', type: 'MachineToMachine', also: 'shell http m2m' },
  { id: 'node', name: 'Node.js', type: 'MachineToMachine', also: 'javascript m2m' },
  { id: 'python', name: 'Python', type: 'MachineToMachine', also: 'm2m script' },
] as const satisfies Framework[];

export type FrameworkId = (typeof frameworks)[number]['id'];

export function frameworkOf(id: string | undefined): (Framework & { id: FrameworkId }) | undefined {
  return frameworks.find((framework) => framework.id === id);
}

/** What is left of the list under a search and the types ticked; no tick means all. */
export function matching(query: string, types: readonly string[], lineOf: (id: FrameworkId) => string) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return frameworks.filter((framework: Framework & { id: FrameworkId }) => {
    if (types.length > 0 && !types.includes(framework.type)) return false;
    const text = `${framework.name} ${framework.also ?? ''} ${lineOf(framework.id)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
