import type { JsonObject } from '#core/json.ts'
import type { Clock, Command } from '#core/ports.ts'
import type { Store } from '#core/store.ts'
import type { History } from './history.ts'

export interface CommandLog {
  /**
   * Does `work` and writes who did it, when and why, all in one transaction of its own. `facts` go into the
   * history in clear: no personal values.
   */
  write<T>(
    command: Command,
    what: { readonly stream: string; readonly type: string },
    work: (at: number) => { readonly answer: T; readonly facts: JsonObject },
  ): T
}

/** History of what is done to documents, connections, secrets and files. */
export function commandLog(parts: { store: Store; clock: Clock; history: History }): CommandLog {
  const { store, clock, history } = parts
  return {
    write(command, what, work) {
      try {
        return store.transaction(() => {
          const at = clock.now()
          const { answer, facts } = work(at)
          history.append({
            tenant: command.tenant,
            ...what,
            seq: store.journal.last(command.tenant, what.stream) + 1,
            at,
            actor: command.actor,
            reason: command.reason ?? null,
            case: null,
            data: Buffer.from(JSON.stringify(facts)),
            events: null,
          })
          history.writeHeads()
          return answer
        })
      } catch (error) {
        history.forget()
        throw error
      }
    },
  }
}
