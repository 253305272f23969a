import { useEffect, useRef, useState } from 'react'
import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { nodeId, type FlowNode } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { useEditor, useFlow, useView } from '../canvas/editor-context.ts'
import { NodeIcon } from '../canvas/NodeIcon.tsx'
import { t } from './messages.ts'
import { useGesture } from './use-gesture.ts'
import styles from './Inspector.module.css'

export interface NodeTitleProps {
  readonly node: FlowNode
  readonly descriptor: NodeDescriptor | undefined
}

/** The node's name and the id by which expressions call it, both to be edited in place. */
export function NodeTitle({ node, descriptor }: NodeTitleProps) {
  const { editor } = useEditor()
  const renameAsked = useView((view) => view.renameAsked)
  const { onFocusCapture, gesture } = useGesture(`name ${node.id}`)
  const name = useRef<HTMLInputElement>(null)
  const seen = useRef(renameAsked)
  useEffect(() => {
    if (seen.current === renameAsked) return
    seen.current = renameAsked
    name.current?.focus()
    name.current?.select()
  }, [renameAsked])
  const area = descriptor?.area ?? 'integration'
  return (
    <header className={styles['head']} onFocusCapture={onFocusCapture}>
      <span
        className={styles['tile']}
        style={{
          color: `var(--area-${area})`,
          background: `color-mix(in srgb, var(--area-${area}) 12%, transparent)`,
        }}
      >
        <NodeIcon of={descriptor} />
      </span>
      <div className={styles['names']}>
        <TextInput
          ref={name}
          variant="unstyled"
          aria-label={t('name')}
          classNames={{ input: styles['name'] ?? '' }}
          value={node.name}
          onChange={(event) =>
            editor.store.execute(
              { do: 'rename', node: node.id, name: event.currentTarget.value },
              { gesture: gesture('name') },
            )
          }
        />
        <NodeId node={node} />
      </div>
      <ActionIcon aria-label={t('close')} onClick={() => editor.selection.set({})}>
        <IconX size={16} />
      </ActionIcon>
    </header>
  )
}

function NodeId({ node }: { readonly node: FlowNode }) {
  const { editor } = useEditor()
  const nodes = useFlow((state) => state.flow.nodes)
  const [text, setText] = useState<string | null>(null)
  const wrong =
    text === null || text === node.id
      ? null
      : nodes.some((each) => each.id === text)
        ? t('idTaken')
        : nodeId.safeParse(text).success
          ? null
          : t('idWrong')
  const commit = (): void => {
    if (text !== null && wrong === null && text !== node.id) {
      editor.store.execute({ do: 'rename-id', node: node.id, to: text })
      editor.selection.set({ nodes: [text] })
    }
    setText(null)
  }
  return (
    <TextInput
      variant="unstyled"
      aria-label={t('id')}
      title={t('id')}
      classNames={{ input: styles['id'] ?? '' }}
      value={text ?? node.id}
      error={wrong}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setText(null)
      }}
    />
  )
}
