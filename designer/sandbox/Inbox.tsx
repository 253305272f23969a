import { useState } from 'react'
import { SegmentedControl } from '@mantine/core'
import { IconInbox, IconMail, IconMessage } from '@tabler/icons-react'
import type { SandboxMessage } from '#core/api/sandbox-views.ts'
import { momentText } from '../ui/moment-text.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { useNow } from '../ui/use-now.ts'
import { MessageView } from './MessageView.tsx'
import { t } from './messages.ts'
import styles from './SandboxPage.module.css'

type Channel = 'all' | SandboxMessage['channel']

export function Inbox({ messages }: { readonly messages: readonly SandboxMessage[] }) {
  const [channel, setChannel] = useState<Channel>('all')
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = messages.filter((each) => channel === 'all' || each.channel === channel)
  const message = shown.find((each) => each.id === chosen) ?? shown[0]
  if (messages.length === 0)
    return (
      <section className={styles['empty']} aria-label={t('inbox')}>
        <EmptyNote icon={IconInbox} title={t('emptyTitle')} text={t('emptyText')} />
      </section>
    )
  return (
    <>
      <section className={styles['inbox']} aria-label={t('inboxLabel')}>
        <div className={styles['channels']}>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('channel')}
            value={channel}
            onChange={(next) => setChannel(next as Channel)}
            data={[
              { value: 'all', label: t('all') },
              { value: 'email', label: t('email') },
              { value: 'sms', label: t('sms') },
            ]}
          />
        </div>
        <ul className={styles['list']}>
          {shown.map((each) => (
            <li key={each.id}>
              <Line message={each} chosen={each === message} onChoose={() => setChosen(each.id)} />
            </li>
          ))}
        </ul>
      </section>
      <section className={styles['reader']}>
        {message === undefined ? (
          <p className={styles['quiet']}>{t('choose')}</p>
        ) : (
          <MessageView key={message.id} message={message} />
        )}
      </section>
    </>
  )
}

interface LineProps {
  readonly message: SandboxMessage
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Line({ message, chosen, onChoose }: LineProps) {
  const now = useNow(60_000)
  const Sign = message.channel === 'email' ? IconMail : IconMessage
  return (
    <button type="button" className={styles['message']} aria-pressed={chosen} onClick={onChoose}>
      <Sign size={16} aria-label={t(message.channel)} />
      <span className={styles['who']}>{message.to}</span>
      <time className="num">{momentText(message.at, now)}</time>
      <span className={styles['about']}>{message.subject || message.text}</span>
    </button>
  )
}
