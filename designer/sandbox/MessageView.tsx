import { useState } from 'react'
import { SegmentedControl } from '@mantine/core'
import type { SandboxMessage } from '#core/api/sandbox-views.ts'
import { fullTime } from '../ui/moment-text.ts'
import { t } from './messages.ts'
import styles from './SandboxPage.module.css'

/** One message as its receiver sees it. HTML is drawn in a frame that may run and load nothing. */
export function MessageView({ message }: { readonly message: SandboxMessage }) {
  const [view, setView] = useState<'html' | 'text'>(message.html === null ? 'text' : 'html')
  return (
    <article className={styles['article']}>
      <header>
        <h2 className={styles['subject']}>
          {message.channel === 'sms' ? t('sms') : message.subject || t('noSubject')}
        </h2>
        <dl className={styles['head']}>
          <dt>{t('from')}</dt>
          <dd>{message.from}</dd>
          <dt>{t('to')}</dt>
          <dd>{message.to}</dd>
          <dt>{t('at')}</dt>
          <dd className="num">{fullTime(message.at)}</dd>
        </dl>
        {message.html !== null && (
          <SegmentedControl
            size="xs"
            aria-label={t('view')}
            value={view}
            onChange={(next) => setView(next as typeof view)}
            data={[
              { value: 'html', label: t('asHtml') },
              { value: 'text', label: t('asText') },
            ]}
          />
        )}
      </header>
      {view === 'html' && message.html !== null ? (
        <iframe
          className={styles['frame']}
          sandbox=""
          srcDoc={message.html}
          title={t('htmlTitle')}
        />
      ) : (
        <div className={message.channel === 'sms' ? styles['bubble'] : styles['text']}>
          {message.text}
        </div>
      )}
    </article>
  )
}
