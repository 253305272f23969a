import { Select } from '@mantine/core'
import type { FlowNode } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { useEditor, useFlow } from '../canvas/editor-context.ts'
import { contentsOf, isContainer } from '../document/containers.ts'
import { t } from './messages.ts'

export interface PlaceFieldsProps {
  readonly node: FlowNode
  readonly descriptor: NodeDescriptor
}

const titled = ({ id, name }: FlowNode) => ({ value: id, label: name || id })

/** The node that contains this one. Shown once the flow has a node that can. */
export function ContainerField({ node, descriptor }: PlaceFieldsProps) {
  const { editor } = useEditor()
  const flow = useFlow((state) => state.flow)
  const inside = contentsOf(flow, [node.id])
  const containers = flow.nodes.filter(
    (each) =>
      each.id !== node.id &&
      !inside.has(each.id) &&
      isContainer(editor.descriptor(each.type)?.kind),
  )
  if (descriptor.kind === 'start' || containers.length === 0) return null
  return (
    <Select
      mt="md"
      label={t('container')}
      description={t('containerText')}
      placeholder={t('containerNone')}
      clearable
      value={node.parent ?? null}
      data={containers.map(titled)}
      onChange={(parent) => editor.store.execute({ do: 'set-parent', nodes: [node.id], parent })}
    />
  )
}

/** The node that undoes this one: an effect, a call or a task that no edge leads to. */
export function UndoField({ node, descriptor }: PlaceFieldsProps) {
  const { editor } = useEditor()
  const flow = useFlow((state) => state.flow)
  if (!canBeUndone.has(descriptor.kind)) return null
  const entered = new Set(flow.edges.map(({ target }) => target))
  const candidates = flow.nodes.filter(
    (each) =>
      each.id !== node.id &&
      (each.id === node.undo || !entered.has(each.id)) &&
      canUndo.has(editor.descriptor(each.type)?.kind ?? 'start'),
  )
  return (
    <Select
      label={t('undo')}
      description={candidates.length === 0 ? t('undoNone') : t('undoText')}
      placeholder={t('undoNothing')}
      clearable
      disabled={candidates.length === 0}
      value={node.undo ?? null}
      data={candidates.map(titled)}
      onChange={(undo) => editor.store.execute({ do: 'set-undo', node: node.id, undo })}
    />
  )
}

const canUndo: ReadonlySet<NodeDescriptor['kind']> = new Set(['effect', 'call', 'task'])
const canBeUndone: ReadonlySet<NodeDescriptor['kind']> = new Set([
  'effect',
  'call',
  'task',
  'each',
  'lock',
  'message',
])
