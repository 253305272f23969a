import { describe, expect, it } from 'vitest'
import { createActor, fromPromise, SimulatedClock } from 'xstate'
import { autosaveAfter, lifecycle, type SaveOutcome } from './lifecycle.ts'

/** The machine with a server whose answers the test gives one by one. */
function open() {
  const asked: { draft: number; answer: PromiseLike<SaveOutcome> }[] = []
  const answers: {
    resolve: (outcome: SaveOutcome) => void
    reject: (error: unknown) => void
  }[] = []
  const clock = new SimulatedClock()
  const actor = createActor(
    lifecycle.provide({
      actors: {
        save: fromPromise<SaveOutcome, { draft: number }>(({ input }) => {
          const answer = new Promise<SaveOutcome>((resolve, reject) => {
            answers.push({ resolve, reject })
          })
          asked.push({ draft: input.draft, answer })
          return answer
        }),
      },
    }),
    { input: { draft: 3 }, clock },
  ).start()
  return { actor, asked, answers, clock, state: () => actor.getSnapshot().value }
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const conflict = Object.assign(new Error('saved meanwhile'), { code: 'DRAFT_CONFLICT' })

describe('the lifecycle of an open document', () => {
  it('saves by itself once it rests, with the draft last seen', async () => {
    const { actor, asked, answers, clock, state } = open()
    actor.send({ type: 'edited' })
    clock.increment(autosaveAfter - 1)
    actor.send({ type: 'edited' })
    clock.increment(autosaveAfter - 1)
    expect(state()).toBe('dirty')
    clock.increment(1)
    expect(state()).toBe('saving')
    expect(asked[0]?.draft).toBe(3)
    answers[0]?.resolve({ draft: 4 })
    await settle()
    expect(state()).toBe('saved')
    expect(actor.getSnapshot().context.draft).toBe(4)
  })

  it('is dirty again when it was edited while being saved', async () => {
    const { actor, answers, state } = open()
    actor.send({ type: 'save' })
    actor.send({ type: 'edited' })
    answers[0]?.resolve({ draft: 4 })
    await settle()
    expect(state()).toBe('dirty')
  })

  it('[R139] saves nothing in a conflict until a person has chosen', async () => {
    const { actor, asked, answers, clock, state } = open()
    actor.send({ type: 'save' })
    answers[0]?.reject(conflict)
    await settle()
    expect(state()).toBe('conflict')
    actor.send({ type: 'edited' })
    actor.send({ type: 'save' })
    clock.increment(10 * autosaveAfter)
    expect(asked).toHaveLength(1)
    actor.send({ type: 'overwrite', draft: 9 })
    expect(asked[1]?.draft).toBe(9)
  })

  it('takes the other version when told to', async () => {
    const { actor, answers, state } = open()
    actor.send({ type: 'save' })
    answers[0]?.reject(conflict)
    await settle()
    actor.send({ type: 'reloaded', draft: 7 })
    expect(state()).toBe('saved')
    expect(actor.getSnapshot().context.draft).toBe(7)
  })

  it('says why it could not save, and tries again', async () => {
    const { actor, answers, state } = open()
    actor.send({ type: 'save' })
    answers[0]?.reject(new Error('no server'))
    await settle()
    expect(state()).toBe('failed')
    expect(actor.getSnapshot().context.problem).toBe('no server')
    actor.send({ type: 'save' })
    expect(state()).toBe('saving')
  })
})
