import { memo, useState } from 'react'
import { NodeResizer, type Node, type NodeProps } from '@xyflow/react'
import type { Note } from '../document/command.ts'
import { useEditor } from './editor-context.ts'
import { snap } from './geometry.ts'
import { t } from './messages.ts'
import styles from './NoteCard.module.css'

export type NoteNode = Node<{ readonly note: Note }, 'note'>

/** A sticky note: text on the canvas that means nothing to the flow. */
export const NoteCard = memo(function NoteCard({ data, selected }: NodeProps<NoteNode>) {
  const { editor } = useEditor()
  const { note } = data
  const [text, setText] = useState<string | null>(null)
  return (
    <div className={styles['note']} data-selected={selected}>
      <NodeResizer
        isVisible={selected}
        minWidth={120}
        minHeight={64}
        onResizeEnd={(_, size) =>
          editor.store.execute({
            do: 'put-note',
            note: {
              ...note,
              x: snap(size.x),
              y: snap(size.y),
              width: snap(size.width),
              height: snap(size.height),
            },
          })
        }
      />
      <textarea
        className={`${styles['text'] ?? ''} nowheel`}
        aria-label={t('note')}
        placeholder={t('notePlaceholder')}
        value={text ?? note.text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          if (text !== null) editor.store.execute({ do: 'put-note', note: { ...note, text } })
          setText(null)
        }}
      />
    </div>
  )
})
