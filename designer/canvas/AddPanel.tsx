import { useRef } from 'react'
import { Paper } from '@mantine/core'
import type { Position } from '../document/command.ts'
import type { Spot } from '../document/editor.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { PaletteList } from './PaletteList.tsx'
import { useOutside } from './use-outside.ts'

const width = 312
const height = 400

export interface AddPanelProps {
  readonly spot: Spot
  /** Client px of the pointer. */
  readonly screen: Position
}

/** Opens at the pointer with the nodes that fit there. */
export function AddPanel({ spot, screen }: AddPanelProps) {
  const { editor, view } = useEditor()
  const panel = useRef<HTMLDivElement>(null)
  const close = (): void => view.show({ addPanel: null })
  useOutside(panel, close)
  const left = Math.max(8, Math.min(screen.x, window.innerWidth - width - 8))
  const top = Math.max(8, Math.min(screen.y, window.innerHeight - height - 8))
  return (
    <Paper
      ref={panel}
      role="dialog"
      aria-label={t('addNode')}
      withBorder
      shadow="lg"
      radius="md"
      p={8}
      style={{
        position: 'fixed',
        left,
        top,
        width,
        maxHeight: height,
        zIndex: 200,
        display: 'flex',
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <PaletteList
        descriptors={editor.descriptors}
        spot={spot}
        autoFocus
        onDragEnd={close}
        onPick={(type) => {
          editor.add(type, spot)
          close()
          document.querySelector<HTMLElement>('.editor-surface')?.focus()
        }}
      />
    </Paper>
  )
}
