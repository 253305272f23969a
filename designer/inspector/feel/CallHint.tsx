import { feelFunctions } from '#core/logic/feel/functions.ts'
import { callAt } from './call-at.ts'
import { t } from './messages.ts'
import styles from './Feel.module.css'

export interface CallHintProps {
  readonly text: string
  readonly caret: number
}

/** What the function takes in whose call the caret stands, the argument that is being written in bold. */
export function CallHint({ text, caret }: CallHintProps) {
  const call = callAt(text, caret, feelFunctions)
  if (call === null) return null
  const { called, parameters, active } = call
  const { signature, help } = called
  const [from, to] = parameters[active] ?? [signature.length, signature.length]
  return (
    <p className={styles['call']} role="note" aria-label={t('signature')}>
      <code>
        {signature.slice(0, from)}
        <b>{signature.slice(from, to)}</b>
        {signature.slice(to)}
      </code>
      <span>{help}</span>
    </p>
  )
}
