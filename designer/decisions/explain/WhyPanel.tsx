import type { JsonObject } from '#core/json.ts'
import { withValue } from '#core/decision/explain/with-value.ts'
import { createThread, useThread } from '../draft-thread.ts'
import { useEditor } from '../editor-context.ts'
import { t } from './messages.ts'
import type { Why } from './why.ts'
import { WhyView } from './WhyView.tsx'
import styles from './Explain.module.css'

const ask = createThread<JsonObject, Why | 'asked'>(
  () => new Worker(new URL('./why.worker.ts', import.meta.url), { type: 'module' }),
)

/** Why the sample gets what it gets, from a worker: the search for what would change it takes its time. */
export function WhyPanel() {
  const { decision, others, sample, setSample } = useEditor()
  const { answer } = useThread(ask, {
    decision,
    others,
    question: sample,
    first: (): Why | 'asked' => 'asked',
  })
  if (answer === 'asked') return <p className={styles['quiet']}>{t('asking')}</p>
  if (answer === null) return <p className={styles['quiet']}>{t('tooMany')}</p>
  return (
    <WhyView
      {...answer}
      onTry={(changes) =>
        setSample(
          changes.reduce<JsonObject>(
            (input, { path, to }) => withValue(input, path.split('.'), to),
            sample,
          ),
        )
      }
    />
  )
}
