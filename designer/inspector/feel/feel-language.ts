import 'monaco-editor/features/codeAction/register'
import 'monaco-editor/features/parameterHints/register'
import { languages, MarkerSeverity, type editor } from 'monaco-editor/editor'
import type { FeelFunction } from '#core/logic/feel/functions.ts'
import type { ScopeField } from '../condition-builder/scope-field.ts'
import { callAt } from './call-at.ts'
import { t } from './messages.ts'
import { namesIn } from './names.ts'
import type { FeelAdvice, FeelFix } from './spell.ts'

/** What completion, hover and quick fixes of one text know. */
export interface FeelContext {
  readonly fields: readonly ScopeField[]
  readonly functions: readonly FeelFunction[]
  /** What a path has in the chosen sample, as text; undefined where there is none. */
  readonly valueOf: (path: string) => string | undefined
  /** What is marked in the text. */
  readonly advice: readonly FeelAdvice[]
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

/** How much of a function's name stands left of the cursor; names may have several words. */
function begunOf(name: string, before: string, written: string): string {
  for (let length = Math.min(name.length, before.length); length > written.length; length -= 1) {
    const begun = before.slice(before.length - length)
    if (name.startsWith(begun) && !/\w$/.test(before.slice(0, before.length - length))) return begun
  }
  return written
}

/** The field that what is being written is compared with: `employment = "S`. */
const comparedField = (before: string): string | undefined =>
  /([\w.]+)\s*(?:!?=|\bin\s*[([]?)\s*(?:"[^"]*",\s*)*"?\w*$/.exec(before)?.[1]

languages.registerCompletionItemProvider(feel, {
  triggerCharacters: ['.', '"'],
  provideCompletionItems(model, position) {
    const context = contexts.get(model.uri.toString())
    if (context === undefined) return { suggestions: [] }
    const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1)
    const written = pathBefore(before, position.column)
    const rangeOf = (begun: string) => ({
      startLineNumber: position.lineNumber,
      endLineNumber: position.lineNumber,
      startColumn: position.column - begun.length,
      endColumn: position.column,
    })
    const range = rangeOf(written)
    const compared = comparedField(before)
    const options = context.fields.find(({ path }) => path === compared)?.options ?? []
    const quote = /"\w*$/.exec(before)?.[0]
    const values = options.map((option) => ({
      label: JSON.stringify(option),
      kind: languages.CompletionItemKind.Value,
      insertText: JSON.stringify(option),
      detail: compared ?? '',
      sortText: `!${JSON.stringify(option)}`,
      range: rangeOf(quote ?? written),
    }))
    if (quote !== undefined) return { suggestions: values }
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
      range: rangeOf(begunOf(name, before, written)),
    }))
    const words = keywords.split(' ').map((word) => ({
      label: word,
      kind: languages.CompletionItemKind.Keyword,
      insertText: word,
      sortText: `2${word}`,
      range,
    }))
    return { suggestions: [...values, ...fields, ...functions, ...words] }
  },
})

/** The function in whose name a column lies. */
const functionAt = (line: string, column: number, functions: readonly FeelFunction[]) =>
  functions
    .toSorted((one, other) => other.name.length - one.name.length)
    .find(({ name }) => {
      const from = line.lastIndexOf(name, column - 1)
      return (
        from >= 0 &&
        column - 1 <= from + name.length &&
        /^\s*\(/.test(line.slice(from + name.length))
      )
    })

languages.registerHoverProvider(feel, {
  provideHover(model, position) {
    const context = contexts.get(model.uri.toString())
    if (context === undefined) return null
    const line = model.getLineContent(position.lineNumber)
    const called = functionAt(line, position.column, context.functions)
    const path = pathAround(line, position.column).replace(/^input\./, '')
    const field = context.fields.find((each) => each.path === path)
    const lines =
      called !== undefined
        ? [`\`${called.signature}\``, called.help]
        : field === undefined
          ? []
          : aboutField(field, context.valueOf(path))
    return lines.length === 0 ? null : { contents: lines.map((value) => ({ value })) }
  },
})

languages.registerSignatureHelpProvider(feel, {
  signatureHelpTriggerCharacters: ['(', ','],
  signatureHelpRetriggerCharacters: [')'],
  provideSignatureHelp(model, position) {
    const context = contexts.get(model.uri.toString())
    const call =
      context === undefined
        ? null
        : callAt(model.getValue(), model.getOffsetAt(position), context.functions)
    if (call === null) return null
    const { called, parameters, active } = call
    const signature = {
      label: called.signature,
      documentation: called.help,
      parameters: parameters.map(([from, to]) => ({ label: [from, to] as [number, number] })),
    }
    return {
      value: { signatures: [signature], activeSignature: 0, activeParameter: active },
      dispose: () => undefined,
    }
  },
})

function aboutField(
  { title, type, certain, options }: ScopeField,
  value: string | undefined,
): string[] {
  const listed = (options ?? []).slice(0, 8).map((each) => `\`${JSON.stringify(each)}\``)
  return [
    `**${title}** · ${type}${certain ? '' : ` · ${t('mayBeMissing')}`}`,
    ...(listed.length > 0 ? [t('oneOf', { values: listed.join(', ') })] : []),
    ...(value === undefined ? [] : [`${t('worth')} \`${value}\``]),
  ]
}

/** What stands for a missing value of each type. */
const instead: Partial<Record<ScopeField['type'], string>> = {
  number: '0',
  text: '""',
  boolean: 'false',
}

/** A field that may be missing, as text that never is. */
function whereMissing(text: string, at: number, fields: readonly ScopeField[]): FeelFix[] {
  const name = namesIn(text).find(({ from, to }) => from <= at && at <= to)
  const field = fields.find(({ path }) => path === name?.path)
  const value = field === undefined || field.certain ? undefined : instead[field.type]
  if (name === undefined || value === undefined) return []
  if (/coalesce\s*\(\s*$/.test(text.slice(0, name.from))) return []
  const edit = { from: name.from, to: name.to, text: `coalesce(${name.path}, ${value})` }
  return [{ title: t('fixMissing', { name: name.path, value }), edits: [edit] }]
}

languages.registerCodeActionProvider(feel, {
  provideCodeActions(model, range, { markers }) {
    const context = contexts.get(model.uri.toString())
    if (context === undefined) return { actions: [], dispose: () => undefined }
    const offer = (fix: FeelFix, marker?: editor.IMarkerData): languages.CodeAction => ({
      title: fix.title,
      kind: marker === undefined ? 'refactor.rewrite' : 'quickfix',
      ...(marker !== undefined && { diagnostics: [marker] }),
      edit: {
        edits: fix.edits.map(({ from, to, text }) => ({
          resource: model.uri,
          versionId: undefined,
          textEdit: { range: rangeBetween(model, from, to), text },
        })),
      },
    })
    const fixes = context.advice.flatMap((each) => {
      const mark = markerOf(model, each)
      const marker = markers.find(
        (one) =>
          one.startLineNumber === mark.startLineNumber && one.startColumn === mark.startColumn,
      )
      return marker === undefined ? [] : each.fixes.map((fix) => offer(fix, marker))
    })
    const at = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn })
    const rewrites = whereMissing(model.getValue(), at, context.fields).map((fix) => offer(fix))
    return { actions: [...fixes, ...rewrites], dispose: () => undefined }
  },
})

function rangeBetween(model: editor.ITextModel, from: number, to: number) {
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)]
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  }
}

/** A place of a text as Monaco marks it. */
export const markerOf = (
  model: editor.ITextModel,
  { from, to, severity, message }: FeelAdvice,
): editor.IMarkerData => ({
  ...rangeBetween(model, from, Math.max(to, from + 1)),
  severity: severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
  message,
})
