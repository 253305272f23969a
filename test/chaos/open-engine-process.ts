import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Served } from './engine-process.ts'

type Answer =
  | { readonly ready: true }
  | { readonly id: number; readonly value?: unknown; readonly error?: string }

export interface EngineProcess {
  /** Asks the process to do something, and gives its answer. */
  call<N extends keyof Served>(
    name: N,
    ...args: Parameters<Served[N]>
  ): Promise<Awaited<ReturnType<Served[N]>>>
  /** As the system or a person would, in the middle of whatever it does. */
  kill(): Promise<void>
}

/** `engine-process` on this database, at this time of its own. */
export async function openEngineProcess(
  script: string,
  { file, peer, now }: { file: string; peer: string; now: number },
): Promise<EngineProcess> {
  const child = spawn(process.execPath, [script, file, peer, String(now)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const asked = new Map<number, (answer: { value?: unknown; error?: string }) => void>()
  let count = 0
  await new Promise<void>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the engine ended by itself, with ${code}`)))
    child.on('message', (answer: Answer) => {
      if ('ready' in answer) return ready()
      asked.get(answer.id)?.(answer)
      asked.delete(answer.id)
    })
  })
  return {
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        const id = (count += 1)
        asked.set(id, ({ value, error }) =>
          // The process answers each name with what it serves under it.
          error === undefined ? resolve(value as never) : reject(new Error(error)),
        )
        child.send({ id, name, args })
      }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
