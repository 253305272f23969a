import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import { defineNode, type AnyNode } from '#core/node/define-node.ts'

const value = z.object({ n: z.number(), text: z.string() })

/** An effect with two ways out. Performed for real it answers by a digest of its key, so any driver agrees. */
export const testEffect = defineNode({
  type: 'test.effect',
  version: 1,
  title: 'Effect',
  description: 'Waits for an answer.',
  area: 'data',
  icon: 'flask',
  config: z.object({}),
  inputs: { given: anyJson.optional() },
  outputs: { ok: value, alt: value },
}).effect({ uses: [] }, ({ exit, idempotencyKey }) => {
  const n = [...idempotencyKey].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7)
  const result = { n: n % 10, text: idempotencyKey }
  return Promise.resolve(n % 4 === 0 ? exit.alt(result) : exit.ok(result))
})

/** A pure node that fails for some inputs. */
const testPure = defineNode({
  type: 'test.pure',
  version: 1,
  title: 'Pure',
  description: 'Doubles, and fails on multiples of five.',
  area: 'data',
  icon: 'flask',
  config: z.object({}),
  inputs: { n: anyJson.optional() },
  outputs: { out: value, zero: z.null() },
}).pure(({ inputs, exit }) => {
  const n = typeof inputs.n === 'number' ? inputs.n : 1
  if (n === 0) return exit.zero(null)
  if (n % 5 === 0) throw new Error('a multiple of five')
  return exit.out({ n: n * 2, text: 'doubled' })
})

export const testNodes: readonly AnyNode[] = [testEffect, testPure]
