import type { ReactNode } from 'react'
import { Center, Stack, Text } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'

export interface EmptyNoteProps {
  readonly icon: Icon
  readonly title: string
  readonly text: string
  /** What to do next: buttons. */
  readonly children?: ReactNode
}

/** What stands where a list has nothing yet. */
export function EmptyNote({ icon: NoteIcon, title, text, children }: EmptyNoteProps) {
  return (
    <Center py={64} px="md">
      <Stack align="center" gap={8} maw={420}>
        <NoteIcon size={32} stroke={1.25} color="var(--text-3)" />
        <Text fw={600} size="lg">
          {title}
        </Text>
        <Text c="dimmed" ta="center">
          {text}
        </Text>
        {children !== undefined && <div style={{ marginTop: 8 }}>{children}</div>}
      </Stack>
    </Center>
  )
}
