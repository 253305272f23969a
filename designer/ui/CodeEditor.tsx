import { useEffect, useEffectEvent, useId, useRef } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import { editor, setSchema, Uri } from './monaco.ts'

export interface CodeEditorProps {
  readonly value: string
  readonly language: 'json' | 'typescript' | 'plaintext' | 'feel'
  readonly onChange?: (value: string) => void
  /** px, or `'100%'` to fill. @default '100%' */
  readonly height?: number | '100%'
  /** JSON Schema for checks and completion. */
  readonly schema?: unknown
  /** @default false */
  readonly readOnly?: boolean
  readonly label?: string
  /** Called once with the editor; what it gives is called when the editor goes. */
  readonly onMount?: (created: editor.IStandaloneCodeEditor) => () => void
}

/** Texts by which `value` may lag behind what is typed. */
const mostLag = 64

/** Monaco. Always load this file lazily: it is larger than the rest of the designer. */
export function CodeEditor(props: CodeEditorProps) {
  const {
    value,
    language,
    onChange,
    height = '100%',
    schema,
    readOnly = false,
    label,
    onMount,
  } = props
  const scheme = useComputedColorScheme('light')
  const host = useRef<HTMLDivElement>(null)
  const instance = useRef<editor.IStandaloneCodeEditor | null>(null)
  /** What was typed and has not yet come back as `value`: while one types fast the page lags behind. */
  const typed = useRef<readonly string[]>([])
  const id = useId().replaceAll(/[^a-zA-Z0-9]/g, '')
  const changed = useEffectEvent((text: string) => onChange?.(text))
  const mounted = useEffectEvent((created: editor.IStandaloneCodeEditor) => onMount?.(created))
  const initial = useEffectEvent(() => ({ value, readOnly, label, scheme }))

  useEffect(() => {
    const element = host.current
    if (element === null) return
    const start = initial()
    const uri = Uri.parse(`inmemory://metis/${id}.${language}`)
    const model = editor.createModel(start.value, language, uri)
    const created = editor.create(element, {
      model,
      readOnly: start.readOnly,
      ariaLabel: start.label ?? language,
      theme: `metis-${start.scheme}`,
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      fontSize: 12,
      lineHeight: 18,
      lineNumbersMinChars: 3,
      folding: true,
      tabSize: 2,
      fixedOverflowWidgets: true,
      renderLineHighlight: 'none',
      overviewRulerLanes: 0,
      wordWrap: 'on',
      padding: { top: 6, bottom: 6 },
      scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 8 },
    })
    instance.current = created
    const listening = created.onDidChangeModelContent(() => {
      const text = created.getValue()
      typed.current = [...typed.current, text].slice(-mostLag)
      changed(text)
    })
    const leave = mounted(created)
    return () => {
      leave?.()
      listening.dispose()
      setSchema(uri.toString(), undefined)
      created.dispose()
      model.dispose()
      instance.current = null
    }
  }, [id, language])

  useEffect(() => {
    const model = instance.current?.getModel()
    const echo = typed.current.lastIndexOf(value)
    typed.current = typed.current.slice(echo + 1)
    if (model === null || model === undefined || echo >= 0 || model.getValue() === value) return
    // As an edit, so that the editor's own undo takes it back.
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null)
  }, [value])
  useEffect(() => {
    if (schema !== undefined) setSchema(`inmemory://metis/${id}.${language}`, schema)
  }, [id, language, schema])
  useEffect(() => editor.setTheme(`metis-${scheme}`), [scheme])
  useEffect(() => instance.current?.updateOptions({ readOnly }), [readOnly])

  return (
    <div
      ref={host}
      style={{
        height,
        border: '1px solid var(--line)',
        borderRadius: 6,
        overflow: 'hidden',
      }}
    />
  )
}
