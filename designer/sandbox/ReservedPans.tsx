import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { t } from './messages.ts'
import styles from './SandboxPage.module.css'

/** As the sandbox's bureau answers them. */
const pans = [
  ['ABCPS1234F', 'pan_clean'],
  ['BKLPN5678Q', 'pan_stretched'],
  ['CDRPR4321M', 'pan_late'],
  ['EFGPM9012Z', 'pan_none'],
] as const

export function ReservedPans() {
  return (
    <section>
      <h2 className={styles['title']}>{t('pans')}</h2>
      <p className={styles['quiet']}>{t('pansText')}</p>
      <ul className={styles['pans']}>
        {pans.map(([pan, about]) => (
          <li key={pan}>
            <code className="mono">{pan}</code>
            <CopyButton value={pan}>
              {({ copied, copy }) => (
                <Tooltip label={copied ? t('copied') : t('copyPan', { pan })}>
                  <ActionIcon size={22} aria-label={t('copyPan', { pan })} onClick={copy}>
                    {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                  </ActionIcon>
                </Tooltip>
              )}
            </CopyButton>
            <span className={styles['quiet']}>{t(about)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
