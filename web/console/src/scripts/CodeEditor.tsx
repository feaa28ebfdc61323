import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { linter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { completeFields } from './completion';
import type { Kind } from './queries';
import classes from './scripts.module.css';

/** The colours of the code in guides. */
const colours = HighlightStyle.define([
  { tag: [tags.comment, tags.meta], color: 'var(--code-comment)' },
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--code-string)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.definition(tags.function(tags.variableName))], color: 'var(--code-title)' },
  { tag: [tags.number, tags.typeName, tags.className], color: 'var(--code-value)' },
]);

export interface CodeEditorProps {
  label: string;
  language: 'javascript' | 'json';
  value: string;
  onChange: (value: string) => void;
  /** For the completion of a script. */
  kind?: Kind;
  variables?: string[];
  /** Marks a line, with what is wrong there. */
  fault?: { line: number; column: number | null; message: string } | undefined;
  minHeight?: number;
}

/** A code editor; in a file of its own, because only this room needs it. */
export default function CodeEditor({ label, language, value, onChange, kind, variables = [], fault, minHeight = 320 }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const change = useRef(onChange);
  const names = useRef(variables);
  const named = useRef(new Compartment());
  change.current = onChange;
  names.current = variables;
  useEffect(() => {
    const made = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(), foldGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
          indentUnit.of('  '), syntaxHighlighting(colours), autocompletion(), EditorView.lineWrapping,
          // Tab leaves the editor after Escape, as the library's keymap has it: nobody is caught in it.
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          language === 'json' ? [json(), linter(jsonParseLinter())] : [javascript(), kind ? javascriptLanguage.data.of({ autocomplete: completeFields(kind, () => names.current) }) : []],
          named.current.of(EditorView.contentAttributes.of({ 'aria-label': label })),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
    // The editor holds the text from now on; what comes from outside is put in below.
  }, [language, kind]);
  useEffect(() => {
    view.current?.dispatch({ effects: named.current.reconfigure(EditorView.contentAttributes.of({ 'aria-label': label })) });
  }, [label]);
  useEffect(() => {
    const state = view.current?.state;
    if (state && state.doc.toString() !== value) view.current!.dispatch({ changes: { from: 0, to: state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    const { state } = view.current!;
    if (language === 'json') return;
    if (!fault) {
      view.current!.dispatch(setDiagnostics(state, []));
      return;
    }
    const line = state.doc.line(Math.min(Math.max(fault.line, 1), state.doc.lines));
    const from = Math.min(line.from + Math.max((fault.column ?? 1) - 1, 0), line.to);
    view.current!.dispatch(setDiagnostics(state, [{ from, to: Math.max(from, line.to), severity: 'error', message: fault.message }]));
    view.current!.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'nearest' }) });
  }, [fault, language]);
  return <div ref={host} className={classes.editor} style={{ '--editor-height': `${minHeight}px` } as React.CSSProperties} />;
}
