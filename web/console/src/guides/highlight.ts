import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import csharp from 'highlight.js/lib/languages/csharp';
import dart from 'highlight.js/lib/languages/dart';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import css from 'highlight.js/lib/languages/css';
import json from 'highlight.js/lib/languages/json';
import type { Language } from './guide';

const languages = { bash, csharp, css, dart, go, ini, java, javascript, json, kotlin, php, python, ruby, swift, typescript, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

const known: Partial<Record<Language, string>> = { tsx: 'typescript', html: 'xml' };

/** Markup of the code: escaped text in spans with classes, nothing else. */
export function highlight(code: string, lang: Language): string {
  return hljs.highlight(code, { language: known[lang] ?? lang }).value;
}
