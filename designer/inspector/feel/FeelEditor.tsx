import { useEffect, useMemo, useState } from 'react'
import { feelFunctions } from '#core/logic/feel/functions.ts'
import type { JsonObject } from '#core/json.ts'
import { reader, segments } from '#core/logic/path.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { editor } from '../../ui/monaco.ts'
import type { ScopeField } from '../condition-builder/scope-field.ts'
import { feel, markerOf, setFeelContext } from './feel-language.ts'
import type { FeelAdvice } from './spell.ts'

export interface FeelEditorProps {
  readonly label: string
  readonly text: string
  readonly fields: readonly ScopeField[]
  /** What the names are for the chosen sample; null where none is chosen. */
  readonly sample: JsonObject | null
  readonly advice: readonly FeelAdvice[]
  readonly lines: number
  readonly onChange: (text: string) => void
}

const noClock = { at: NaN }

/** FEEL in Monaco: completion, types and values on hover, problems in place with what may be meant. Load it lazily. */
export function FeelEditor(props: FeelEditorProps) {
  const { label, text, fields, sample, advice, lines, onChange } = props
  const [model, setModel] = useState<editor.ITextModel | null>(null)
  const context = useMemo(() => {
    const valueOf = (path: string): string | undefined => {
      if (sample === null) return undefined
      const value = reader(segments(path))(sample, noClock)
      return value === null ? undefined : JSON.stringify(value)
    }
    return { fields, functions: feelFunctions, valueOf, advice }
  }, [fields, sample, advice])

  useEffect(() => {
    if (model === null) return undefined
    const uri = model.uri.toString()
    setFeelContext(uri, context)
    return () => setFeelContext(uri, undefined)
  }, [model, context])
  useEffect(() => {
    if (model !== null && !model.isDisposed())
      editor.setModelMarkers(
        model,
        feel,
        advice.map((each) => markerOf(model, each)),
      )
  }, [model, advice])

  return (
    <CodeEditor
      value={text}
      language={feel}
      label={label}
      height={lines * 18 + 12}
      onChange={onChange}
      onMount={(created) => {
        setModel(created.getModel())
        return () => setModel(null)
      }}
    />
  )
}
