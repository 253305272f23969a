import type { FlowNode } from '#core/graph/flow.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { findingText } from '../canvas/finding-text.ts'
import { useEditor } from '../canvas/editor-context.ts'
import { SchemaForm } from '../ui/form/SchemaForm.tsx'
import { useGesture } from './use-gesture.ts'

export interface ConfigTabProps {
  readonly node: FlowNode
  readonly descriptor: NodeDescriptor
  readonly findings: readonly Finding[]
}

/** Findings by the field that they are about, `/cases/0/when`. */
const errorsOf = (findings: readonly Finding[]): Record<string, string> => {
  const errors: Record<string, string> = {}
  for (const finding of findings) {
    const field = /^\/nodes\/\d+\/config(\/.*)$/.exec(finding.place.path)?.[1]
    if (field !== undefined) errors[field] ??= findingText(finding)
  }
  return errors
}

export function ConfigTab({ node, descriptor, findings }: ConfigTabProps) {
  const { editor } = useEditor()
  const { onFocusCapture, gesture } = useGesture(`config ${node.id}`)
  return (
    <div onFocusCapture={onFocusCapture}>
      <SchemaForm
        key={node.id}
        schema={descriptor.config}
        value={node.config}
        errors={errorsOf(findings)}
        onChange={(config, path) =>
          editor.store.execute(
            { do: 'set-config', node: node.id, config },
            { gesture: gesture(path) },
          )
        }
      />
    </div>
  )
}
