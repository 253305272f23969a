import { useReactFlow } from '@xyflow/react'
import { useEditor, useView } from '../canvas/editor-context.ts'
import { roomForPalette } from '../canvas/editor-view.ts'
import { cardWidth, headHeight, snap } from '../canvas/geometry.ts'
import { PaletteList } from '../canvas/PaletteList.tsx'
import { freePlace } from '../document/free-place.ts'
import { cardStep } from '../document/make-room.ts'
import { t } from './messages.ts'
import styles from './FlowEditor.module.css'

/** The palette at the left: beside the canvas where there is room, else over it until a node is added. */
export function PinnedPalette() {
  const { editor, view } = useEditor()
  const pinned = useView((view) => view.palettePinned)
  const { screenToFlowPosition } = useReactFlow()
  if (!pinned) return null
  const stays = roomForPalette()
  const done = (): void => {
    if (!stays) view.show({ palettePinned: false })
  }
  const add = (type: string): void => {
    const [id] = editor.selection.get().nodes
    const [port] = id === undefined ? [] : editor.freePorts(id)
    const box = document.querySelector('.editor-surface')?.getBoundingClientRect()
    const middle = screenToFlowPosition({
      x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
    })
    const from = id === undefined ? undefined : editor.store.get().flow.layout[id]
    if (id !== undefined && port !== undefined && from !== undefined)
      editor.add(type, {
        at: freePlace(editor.store.get().flow, { x: from.x + cardStep, y: from.y }),
        after: { node: id, port },
      })
    else
      editor.add(type, {
        at: { x: snap(middle.x - cardWidth / 2), y: snap(middle.y - headHeight / 2) },
      })
  }
  return (
    <section
      className={styles['palette']}
      data-over={!stays}
      aria-label={t('add')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') view.show({ palettePinned: false })
      }}
    >
      <PaletteList
        descriptors={editor.descriptors}
        autoFocus={!stays}
        onDragEnd={done}
        onPick={(type) => {
          add(type)
          done()
        }}
      />
    </section>
  )
}
