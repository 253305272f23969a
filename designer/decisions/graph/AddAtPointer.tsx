import { Menu } from '@mantine/core'
import { useReactFlow } from '@xyflow/react'
import { headHeight, snap } from '../../canvas/geometry.ts'
import { addPart, type PartKind } from '../edit.ts'
import { useEditor } from '../editor-context.ts'
import { PartKinds } from '../PartList.tsx'
import { t } from './messages.ts'
import type { GraphDrawing, GraphQuestion } from './use-drawing.ts'
import { wired, wireFields } from './wire.ts'

export type AddAtPointerProps = NonNullable<GraphQuestion['add']> &
  Pick<GraphDrawing, 'choose' | 'ask'>

/** Offers the kinds of parts where the pointer is; a line that was drawn into the void goes on to the new part. */
export function AddAtPointer({ screen, after, choose, ask }: AddAtPointerProps) {
  const { decision, change } = useEditor()
  const { screenToFlowPosition } = useReactFlow()
  const add = (kind: PartKind, name: string): void => {
    const at = screenToFlowPosition(screen)
    const added = addPart(decision, kind, name)
    const id = added.parts.at(-1)?.id ?? ''
    const placed = {
      ...added,
      layout: { ...added.layout, [id]: { x: snap(at.x), y: snap(at.y - headHeight / 2) } },
    }
    ask({})
    choose(new Set([id]))
    if (after === null) {
      change(() => placed)
      return
    }
    const wire = { ...after, target: id }
    const fields = after.port === null ? wireFields(placed, after.source) : []
    const [field = null] = fields
    const next = fields.length > 1 ? null : wired(placed, wire, field)
    change(() => next ?? placed)
    if (fields.length > 1) ask({ connect: wire })
  }
  return (
    <Menu
      opened
      onChange={(opened) => {
        if (!opened) ask({})
      }}
      position="bottom-start"
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left: screen.x, top: screen.y }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown maw={340} aria-label={t('add')}>
        <PartKinds onPick={add} />
      </Menu.Dropdown>
    </Menu>
  )
}
