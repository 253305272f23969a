import 'monaco-editor/features/codeAction/register'
import { languages, MarkerSeverity, type editor } from 'monaco-editor/editor'
import type { FeelFunction } from '#core/logic/feel/functions.ts'
import type { ScopeField } from '../condition-builder/scope-field.ts'

/** What completion, hover and quick fixes of one text know. */
export interface FeelContext {
  readonly fields: readonly ScopeField[]
  readonly functions: readonly FeelFunction[]
  /** What a path has in the chosen sample, as text; undefined where there is none. */
  readonly valueOf: (path: string) => string | undefined
  /** Names that could be meant by one that is not known. */
  readonly similarTo: (name: string) => readonly string[]
}

export const feel = 'feel'
const contexts = new Map<string, FeelContext>()

/** Gives a text its context; undefined takes it away. */
export function setFeelContext(uri: string, context: FeelContext | undefined): void {
  if (context === undefined) contexts.delete(uri)
  else contexts.set(uri, context)
}

const keywords =
  'if then else for in return some every satisfies and or between instance of function not true false null'

languages.register({ id: feel })
languages.setLanguageConfiguration(feel, {
  brackets: [
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '{', close: '}' },
    { open: '"', close: '"' },
  ],
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
})
languages.setMonarchTokensProvider(feel, {
  keywords: keywords.split(' '),
  tokenizer: {
    root: [
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/@?"([^"\\]|\\.)*"/, 'string'],
      [/\d+(\.\d+)?([eE][+-]?\d+)?/, 'number'],
      [/[a-zA-Z_][\w]*(?=\s*\()/, { cases: { '@keywords': 'keyword', '@default': 'type' } }],
      [/[a-zA-Z_?][\w]*/, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[-+*/<>=!.]+/, 'operator'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/[^*]+/, 'comment'],
      [/./, 'comment'],
    ],
  },
})

/** The path that is being written left of a column: `bureau.sc`. */
const pathBefore = (line: string, column: number): string =>
  /[\w.?]*$/.exec(line.slice(0, column - 1))?.[0] ?? ''
const pathAround = (line: string, column: number): string => {
  const rest = /^\w*/.exec(line.slice(column - 1))?.[0] ?? ''
  return pathBefore(line, column) + rest
}

languages.registerCompletionItemProvider(feel, {
  triggerCharacters: ['.'],
  provideCompletionItems(model, position) {
    const context = contexts.get(model.uri.toString())
    if (context === undefined) return { suggestions: [] }
    const written = pathBefore(model.getLineContent(position.lineNumber), position.column)
    const range = {
      startLineNumber: position.lineNumber,
      endLineNumber: position.lineNumber,
      startColumn: position.column - written.length,
      endColumn: position.column,
    }
    const fields = context.fields.map((field) => ({
      label: field.path,
      kind: languages.CompletionItemKind.Field,
      insertText: field.path,
      detail: [field.type, context.valueOf(field.path)].filter(Boolean).join(' · '),
      documentation: field.title,
      sortText: `0${field.path}`,
      range,
    }))
    if (written.includes('.')) return { suggestions: fields }
    const functions = context.functions.map(({ name, signature, help }) => ({
      label: name,
      kind: languages.CompletionItemKind.Function,
      insertText: `${name}($0)`,
      insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
      detail: signature,
      documentation: help,
      sortText: `1${name}`,
      range,
    }))
    const words = keywords.split(' ').map((word) => ({
      label: word,
      kind: languages.CompletionItemKind.Keyword,
      insertText: word,
      sortText: `2${word}`,
      range,
    }))
    return { suggestions: [...fields, ...functions, ...words] }
  },
})

languages.registerHoverProvider(feel, {
  provideHover(model, position) {
    const context = contexts.get(model.uri.toString())
    const path = pathAround(model.getLineContent(position.lineNumber), position.column)
    if (context === undefined || path === '') return null
    const field = context.fields.find((each) => each.path === path)
    const value = context.valueOf(path)
    const called = context.functions.find(({ name }) => name === path)
    const lines =
      field !== undefined
        ? [`**${field.title}** · ${field.type}`, ...(value === undefined ? [] : [`\`${value}\``])]
        : called === undefined
          ? []
          : [`\`${called.signature}\``, called.help]
    return lines.length === 0 ? null : { contents: lines.map((line) => ({ value: line })) }
  },
})

languages.registerCodeActionProvider(feel, {
  provideCodeActions(model, _range, { markers }) {
    const context = contexts.get(model.uri.toString())
    const actions = markers.flatMap((marker) => {
      const name = model.getValueInRange(marker)
      return (context?.similarTo(name) ?? []).map((text) => ({
        title: text,
        kind: 'quickfix',
        diagnostics: [marker],
        isPreferred: true,
        edit: {
          edits: [{ resource: model.uri, versionId: undefined, textEdit: { range: marker, text } }],
        },
      }))
    })
    return { actions, dispose: () => undefined }
  },
})

/** A problem of a text as Monaco marks it; `from` and `to` are offsets. */
export function markerOf(
  model: editor.ITextModel,
  problem: { readonly from: number; readonly to: number; readonly message: string },
): editor.IMarkerData {
  const start = model.getPositionAt(problem.from)
  const end = model.getPositionAt(Math.max(problem.to, problem.from + 1))
  return {
    severity: MarkerSeverity.Error,
    message: problem.message,
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  }
}
