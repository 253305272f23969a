import { useMemo } from 'react'
import { Button, Group, Modal } from '@mantine/core'
import { useEditor } from '../editor-context.ts'
import type { GraphEdge } from './decision-graph.ts'
import styles from './GraphView.module.css'
import { t } from './messages.ts'
import { unread } from './unread.ts'

export interface CutLineProps {
  readonly edge: GraphEdge
  /** Opens the part that reads. */
  readonly onOpen: (part: string) => void
  readonly onClose: () => void
}

/** What has to go so that one part reads another no more, before it goes. */
export function CutLine({ edge, onOpen, onClose }: CutLineProps) {
  const { decision, change } = useEditor()
  const cut = useMemo(() => unread(decision, edge), [decision, edge])
  const name = (id: string): string => decision.parts.find((part) => part.id === id)?.name || id
  const names = { source: name(edge.source), target: name(edge.target) }
  return (
    <Modal opened onClose={onClose} title={t('cutTitle', names)} size={460}>
      <p className={styles['cutWords']}>{t('cutText', names)}</p>
      <ul className={styles['cutList']}>
        {(cut?.taken ?? []).map((what, index) => (
          // Two may have one name.
          <li key={`${index} ${what}`}>{what}</li>
        ))}
      </ul>
      <Group gap={8} justify="end">
        <Button
          variant="default"
          onClick={() => {
            onClose()
            onOpen(edge.target)
          }}
        >
          {t('cutOpen', names)}
        </Button>
        <Button
          color="red"
          data-autofocus
          disabled={cut === null}
          onClick={() => {
            onClose()
            if (cut !== null) change(() => cut.decision)
          }}
        >
          {t('cutAction')}
        </Button>
      </Group>
    </Modal>
  )
}
