import { CopyButton, Button, Group, Modal } from '@mantine/core'
import { t } from '../messages.ts'
import type { ValueRow } from './value-rows.ts'
import styles from './ValueView.module.css'

/** Characters that one page of the dialog draws: a browser lays out no more at once without a pause. */
const drawn = 100_000

export interface TextDialogProps {
  readonly row: ValueRow
  readonly onClose: () => void
}

export function TextDialog({ row, onClose }: TextDialogProps) {
  const text = typeof row.value === 'string' ? row.value : JSON.stringify(row.value, null, 2)
  return (
    <Modal opened onClose={onClose} title={row.label} size="xl">
      <pre className={styles['whole-text']}>{text.slice(0, drawn)}</pre>
      <Group justify="space-between" mt="sm">
        <span className={styles['quiet']}>
          {t('characters', { count: text.length.toLocaleString('en-IN') })}
        </span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('copied') : t('copyText')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Modal>
  )
}
