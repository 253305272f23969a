import { useRef, useState } from 'react'
import { ActionIcon, Modal, Tooltip } from '@mantine/core'
import { IconKeyboard } from '@tabler/icons-react'
import type { Action } from '../flows/action.ts'
import { ShortcutKeys } from '../flows/ShortcutKeys.tsx'
import { useShortcuts } from '../flows/use-shortcuts.ts'
import { listKeys, t } from './list-keys.ts'

/** The keys of each part stand where it is edited: here they are listed. */
const listed = Object.entries(listKeys).map(([title, key]): Action => ({
  id: title,
  title: t(title as keyof typeof listKeys),
  keys: [key],
  when: () => false,
  run: () => undefined,
}))

/** In a table a `?` is the beginning of a cell. */
const inTable = (): boolean => document.activeElement?.closest('[role="grid"]') !== null

/** The list of keys of a decision's parts, by a button and by `?`. */
export function ListKeys() {
  const [opened, setOpened] = useState(false)
  const page = useRef(document.body)
  const help: Action = {
    id: 'shortcuts',
    title: t('shortcuts'),
    keys: ['?'],
    when: () => !inTable(),
    run: () => setOpened(true),
  }
  useShortcuts([help], page)
  return (
    <>
      <Tooltip label={`${t('shortcuts')} (?)`}>
        <ActionIcon
          size={28}
          bg="transparent"
          aria-label={t('shortcuts')}
          onClick={() => setOpened(true)}
        >
          <IconKeyboard size={16} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('shortcuts')} size={760}>
        <ShortcutKeys actions={[...listed, help]} />
      </Modal>
    </>
  )
}
