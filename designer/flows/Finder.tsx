import { useMemo, useState } from 'react'
import { ActionIcon, Text, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { useEditor, useFlow, useView } from '../canvas/editor-context.ts'
import { cardWidth, headHeight } from '../canvas/geometry.ts'
import { findNodes } from '../document/find-nodes.ts'
import { t as shell } from '../ui/messages.ts'
import { t } from './messages.ts'
import styles from './FlowEditor.module.css'

/** Ctrl+F: searches every property of every node, and goes from one find to the next. */
export function Finder() {
  const { editor, view } = useEditor()
  const flow = useFlow((state) => state.flow)
  const findings = useView((state) => state.findings)
  const { setCenter } = useReactFlow()
  const [query, setQuery] = useState('')
  const [index, setIndex] = useState(0)
  const found = useMemo(() => findNodes(flow, query, findings), [flow, query, findings])
  const close = (): void => view.show({ finder: false })
  const go = (to: number, among = found): void => {
    const node = among[(to + among.length) % Math.max(1, among.length)]
    setIndex(among.length === 0 ? 0 : (to + among.length) % among.length)
    if (node === undefined) return
    editor.selection.set({ nodes: [node.id] })
    const at = flow.layout[node.id]
    if (at !== undefined)
      void setCenter(at.x + cardWidth / 2, at.y + headHeight / 2, { zoom: 1, duration: 150 })
  }
  return (
    <div
      className={styles['finder']}
      role="search"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        if (event.key === 'Enter') go(index + (event.shiftKey ? -1 : 1))
      }}
    >
      <TextInput
        autoFocus
        w={320}
        aria-label={t('find')}
        placeholder={t('findPlaceholder')}
        value={query}
        onChange={(event) => {
          const next = event.currentTarget.value
          setQuery(next)
          go(0, findNodes(flow, next, findings))
        }}
      />
      <Text size="xs" c="dimmed" w={84} ta="center" className="num" role="status">
        {found.length === 0
          ? query === ''
            ? ''
            : t('findNone')
          : t('findCount', { index: index + 1, count: found.length })}
      </Text>
      <ActionIcon size={26} aria-label={t('findPrevious')} onClick={() => go(index - 1)}>
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon size={26} aria-label={t('findNext')} onClick={() => go(index + 1)}>
        <IconChevronDown size={16} />
      </ActionIcon>
      <ActionIcon size={26} aria-label={shell('close')} onClick={close}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}
