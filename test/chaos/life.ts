import { spawn, type ChildProcess } from 'node:child_process'
import type { FromWorker, ToWorker } from './protocol.ts'

type Drained = Extract<FromWorker, { type: 'drained' }>

/** One process of the engine, from its start to its death. */
export interface Life {
  readonly process: ChildProcess
  send(message: ToWorker): void
  readonly ready: Promise<void>
  readonly drained: Promise<Drained>
  /** Rejects where the process ended by itself: only a kill is a death that is looked for. */
  readonly gone: Promise<void>
}

export function startLife(
  command: readonly string[],
  onAcknowledged: (caseKey: string, run: string) => void,
): Life {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  let isReady = (): void => {}
  let isDrained = (_drained: Drained): void => {}
  const ready = new Promise<void>((resolve) => (isReady = resolve))
  const drained = new Promise<Drained>((resolve) => (isDrained = resolve))
  const gone = new Promise<void>((resolve, reject) =>
    child.on('exit', (code) => {
      if (code === null) resolve()
      else reject(new Error(`the engine ended by itself, with code ${code}`))
    }),
  )
  child.on('message', (message: FromWorker) => {
    if (message.type === 'ready') isReady()
    else if (message.type === 'drained') isDrained(message)
    else onAcknowledged(message.caseKey, message.id)
  })
  return {
    process: child,
    // A message to a process that was just killed is lost, as it would be on a wire.
    send: (message) => void (child.connected && child.send(message, () => {})),
    ready,
    drained,
    gone,
  }
}
