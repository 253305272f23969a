import type { EventView } from '#core/api/views.ts'
import { runMessages, t } from './messages.ts'
import { progressText } from './progress-text.ts'

/** An event as one line of the history. */
export interface EventLine {
  readonly seq: number
  readonly at: number
  readonly step: string | null
  readonly node: string
  readonly what: string
  /** Port, attempt or error code. */
  readonly detail: string
  readonly actor: string | null
  readonly reason: string | null
  /** Whether a person or a token gave a command, rather than the engine going on by itself. */
  readonly byPerson: boolean
}

type EventKey = Extract<keyof typeof runMessages, `event_${string}`>
const keyOf = (type: EventView['type']): EventKey => `event_${type.replace('.', '_')}` as EventKey

const textOf = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)

/** A command in words; one that has none yet is named as it is. */
const commandWords = (action: string): string => {
  const key = `command_${action}`
  return Object.hasOwn(runMessages, key) ? t(key as keyof typeof runMessages) : action
}

export function eventLine(event: EventView, nameOf: (node: string) => string): EventLine {
  const { data } = event
  const action = textOf(data['action'])
  const attempt = textOf(data['attempt'])
  const detail = [
    data['port'] === undefined
      ? null
      : textOf(data['port']) && `${t('leftBy')} ${textOf(data['port'])}`,
    attempt === null || attempt === '1' ? null : t('attemptNumber', { attempt }),
    textOf(data['code']),
    event.type === 'step.progress' ? progressText(data) : null,
  ]
  return {
    seq: event.seq,
    at: event.at,
    step: event.step,
    node: event.node === null ? '' : nameOf(event.node),
    what:
      event.type === 'command' && action !== null
        ? commandWords(action)
        : t(keyOf(event.type), { status: textOf(data['status']) ?? '' }),
    detail: detail.filter((part) => part !== null && part !== '').join(' · '),
    actor: textOf(data['actor']),
    reason: textOf(data['reason']),
    byPerson: event.type === 'command' || textOf(data['actor']) !== null,
  }
}
