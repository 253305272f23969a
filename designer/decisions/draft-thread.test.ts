import { describe, expect, it } from 'vitest'
import type { Decision } from '#core/graph/decision.ts'
import { applyDelta } from '../document/delta.ts'
import type { Asked, Told } from './answer-drafts.ts'
import { createThread } from './draft-thread.ts'

const draft = (name: string) => ({
  decision: { kind: 'decision', format: 1, id: 'd', name, input: {}, parts: [], tests: [] },
  others: {},
})
type Draft = ReturnType<typeof draft> & { readonly decision: Decision }

/** A worker that is asked and says nothing by itself. */
class Silent extends EventTarget {
  readonly asked: Asked<string>[] = []
  ended = false
  postMessage(asked: Asked<string>): void {
    this.asked.push(asked)
  }
  terminate(): void {
    this.ended = true
  }
  say(told: Told<string>): void {
    this.dispatchEvent(new MessageEvent('message', { data: told }))
  }
  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}

function thread() {
  const workers: Silent[] = []
  const ask = createThread<string, string>(() => {
    const worker = new Silent()
    workers.push(worker)
    return worker as unknown as Worker
  })
  return { workers, ask: (name: string) => ask(draft(name) as Draft, 'why') }
}

describe('a thread that is asked about drafts', () => {
  it('answers each question in turn, also behind one that it could not', async () => {
    const { workers, ask } = thread()
    const asked = [ask('a'), ask('b')]
    expect(workers).toHaveLength(1)
    workers[0]?.say({ number: 1, problem: 'too deep' })
    workers[0]?.say({ number: 2, answer: 'because' })
    await expect(asked[0]).rejects.toThrow('too deep')
    await expect(asked[1]).resolves.toBe('because')
    expect(workers[0]?.ended).toBe(false)
  })

  it('[R798] leaves no question open when it dies, and the next one begins another with the whole draft', async () => {
    const { workers, ask } = thread()
    const asked = [ask('a'), ask('b')]
    workers[0]?.die('out of memory')
    for (const one of asked) await expect(one).rejects.toThrow('out of memory')
    expect(workers[0]?.ended).toBe(true)
    const next = ask('c')
    const question = workers[1]?.asked[0]
    expect(applyDelta(null, question?.delta ?? null)).toEqual(draft('c').decision)
    expect(question?.others).toEqual({})
    workers[1]?.say({ number: question?.number ?? 0, answer: 'so' })
    await expect(next).resolves.toBe('so')
  })
})
