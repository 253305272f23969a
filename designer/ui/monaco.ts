import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/format/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/multicursor/register'
// The feature `suggest` brings only suggestions within the line; the list of them is this.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/wordHighlighter/register'
import 'monaco-editor/languages/definitions/typescript/register'
import { editor, Uri } from 'monaco-editor/editor'
import { jsonDefaults } from 'monaco-editor/languages/features/json/register'
// oxlint-disable-next-line import/default -- Vite makes the constructor
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
// oxlint-disable-next-line import/default -- Vite makes the constructor
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker'
import { tokens } from './tokens.ts'

// Monaco asks the page for its workers.
self.MonacoEnvironment = {
  getWorker: (_id, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
}

const theme = (side: 0 | 1): editor.IStandaloneThemeData => ({
  base: side === 0 ? 'vs' : 'vs-dark',
  inherit: true,
  rules: [],
  colors: {
    'editor.background': tokens.sunken[side],
    'editor.foreground': tokens.text[side],
    'editorLineNumber.foreground': tokens['text-3'][side],
    'editor.lineHighlightBackground': tokens.hover[side],
    'editorWidget.background': tokens.raised[side],
    'editorWidget.border': tokens.line[side],
    focusBorder: tokens.accent[side],
  },
})
editor.defineTheme('metis-light', theme(0))
editor.defineTheme('metis-dark', theme(1))

const schemas = new Map<string, unknown>()

/** Checks the text of the model at `uri` against a JSON Schema while it is typed; undefined ends that. */
export function setSchema(uri: string, schema: unknown): void {
  if (schema === undefined) schemas.delete(uri)
  else schemas.set(uri, schema)
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    enableSchemaRequest: false,
    schemas: [...schemas].map(([file, each]) => ({
      uri: `${file}.schema`,
      fileMatch: [file],
      schema: each,
    })),
  })
}

export { editor, Uri }
