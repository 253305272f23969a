import { expect } from 'vitest'
import type { Random } from '../property/random.ts'
import { bookingNodes, fails, items, undoingNodes } from './chaos-flow.ts'
import { openLedger } from './ledger.ts'
import { startLife, type Life } from './life.ts'
import type { CrashPoint } from './protocol.ts'

/** How a life ends: at a journal write of a run that it starts, or whenever it happens. */
export type Death = CrashPoint | 'random'

export interface LaneParts {
  readonly name: string
  /** The worker's bundle. */
  readonly worker: string
  readonly folder: string
  readonly random: Random
  /** Shared by the lanes. */
  readonly deaths: Iterable<Death>
  /** A run has ended before its write came. */
  readonly onOutlived: (point: CrashPoint) => void
}

/** What was seen outside. */
export interface Seen {
  readonly deaths: readonly Death[]
  readonly runs: number
  readonly undone: number
  readonly effects: number
  /** Calls that came again under their keys. */
  readonly repeated: number
}

const startsPerLife = 3

/** One database: its engine is killed and started again until no death is left; then every run must have ended rightly. */
export async function runLane(parts: LaneParts): Promise<Seen> {
  const { name, random } = parts
  const ledger = await openLedger()
  try {
    return await live()
  } finally {
    await ledger.close()
  }

  async function live(): Promise<Seen> {
    const acknowledged = new Map<string, string>()
    const open = new Map<string, number>()
    const amounts = new Map<string, number>()
    const died: Death[] = []
    const begin = (onAcknowledged: () => unknown): Life =>
      startLife([parts.worker, parts.folder, ledger.url], (caseKey, run) => {
        // Acknowledged once is acknowledged for good.
        expect(acknowledged.get(caseKey) ?? run).toBe(run)
        acknowledged.set(caseKey, run)
        open.delete(caseKey)
        onAcknowledged()
      })
    const start = (life: Life, given: { amount: number; crash?: CrashPoint }): string => {
      const caseKey = `${name}-${amounts.size}`
      amounts.set(caseKey, given.amount)
      open.set(caseKey, given.amount)
      life.send({ type: 'start', caseKey, ...given })
      return caseKey
    }
    /** What was not acknowledged is sent again, as any client would. */
    const startAgain = (life: Life): void => {
      for (const [caseKey, amount] of open) life.send({ type: 'start', caseKey, amount })
    }

    const dieAtWrite = async (point: CrashPoint): Promise<void> => {
      let caseKey = ''
      const life = begin(() => acknowledged.has(caseKey) && life.send({ type: 'drain' }))
      await life.ready
      startAgain(life)
      // Such a run fails, so that its undoing is among the writes.
      caseKey = start(life, { amount: 2 * random.int(500) + 1, crash: point })
      const outlived = await Promise.race([
        life.drained.then(() => true),
        life.gone.then(() => false),
      ])
      if (outlived) {
        parts.onOutlived(point)
        life.process.kill('SIGKILL')
      } else died.push(point)
      await life.gone
    }

    const dieAtRandom = async (): Promise<void> => {
      // After so many acknowledgements, ledger entries or milliseconds, while the process starts too.
      const cause = random.pick(['acknowledged', 'entry', 'entry', 'time', 'early'])
      let left = 1 + random.int(cause === 'acknowledged' ? startsPerLife : 14)
      const life = begin(() => strike('acknowledged'))
      const kill = () => life.process.kill('SIGKILL')
      const strike = (by: string): void => {
        if (by === cause && (left -= 1) <= 0) kill()
      }
      ledger.onEntry = () => strike('entry')
      if (cause === 'early') setTimeout(kill, 20 + random.int(200))
      await Promise.race([life.ready, life.gone])
      startAgain(life)
      for (let index = 0; index < startsPerLife; index += 1)
        start(life, { amount: random.int(1_000) })
      const latest = setTimeout(kill, cause === 'time' ? random.int(80) : 1_000)
      await life.gone
      clearTimeout(latest)
      ledger.onEntry = () => {}
      died.push('random')
    }

    for (const death of parts.deaths) await (death === 'random' ? dieAtRandom() : dieAtWrite(death))

    const last = begin(() => open.size === 0 && last.send({ type: 'drain' }))
    await last.ready
    if (open.size === 0) last.send({ type: 'drain' })
    else startAgain(last)
    const { runs, chain } = await Promise.race([last.drained, last.gone.then(() => last.drained)])
    last.process.kill()
    await last.gone

    expect(chain).toBe(true)
    expect(runs.length).toBe(amounts.size)
    expect(acknowledged.size).toBe(amounts.size)
    const byId = new Map(runs.map((run) => [run.id, run]))
    let effects = 0
    for (const [caseKey, id] of acknowledged) {
      const amount = amounts.get(caseKey) ?? 0
      const entryOf = (step: string) => ledger.entries.get(`${id}:${step}`)
      const shares = items.map((_, index) => entryOf(`list:1/${index}:share:1`))
      const undone = fails(amount) ? undoingNodes.map((node) => entryOf(`${node}:1`)) : []
      const booked = [...bookingNodes.map((node) => entryOf(`${node}:1`)), ...shares, ...undone]
      for (const booking of booked) expect(booking).toBeDefined()
      effects += booked.length
      // What was done last is undone first.
      expect(undone).toEqual(undone.toSorted((one = 0, other = 0) => one - other))
      expect(byId.get(id)).toEqual({
        id,
        status: fails(amount) ? 'failed' : 'completed',
        output: { left: entryOf('left:1'), far: entryOf('far:1'), shares, amount },
        same: true,
      })
    }
    // Every key belongs to a run: nothing was booked that no run asked for.
    expect(ledger.entries.size).toBe(effects)
    const undone = runs.filter(({ status }) => status === 'failed').length
    return {
      deaths: died,
      runs: runs.length,
      undone,
      effects,
      repeated: ledger.answers() - effects,
    }
  }
}
