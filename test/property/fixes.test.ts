import { expect, it } from 'vitest'
import { ValidationError } from '#core/errors.ts'
import { applyFix } from '#core/graph/apply-fix.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import { validateFlow } from '#core/graph/validate.ts'
import { programOf, registry } from '../patterns/by-hand.ts'
import { randomFlow } from './random-flow.ts'
import { randomFragment } from './random-fragment.ts'
import { createRandom } from './random.ts'

const drawings = Number(process.env['DRAWINGS'] ?? 200)
const lookup = {
  descriptor: (type: string) => registry.descriptor(type),
  decision: () => undefined,
}
/** What cannot be compiled, and joins that can never fire. */
const structural: ReadonlySet<string> = new Set([
  'EDGE_LEAVES_FORK',
  'EDGE_LEAVES_REMINDER',
  'EDGE_ENTERS_FORK',
  'BRANCHES_MEET',
  'JOIN_WITHOUT_FORK',
  'JOIN_OF_TWO_FORKS',
  'FORK_WITH_TWO_JOINS',
  'CYCLE_IN_FRAGMENT',
  'JOIN_NEVER_FIRES',
])
const errors = (flow: Flow): Finding[] =>
  validateFlow(flow, lookup).filter(({ severity }) => severity === 'error')
const problems = (flow: Flow): Finding[] => errors(flow).filter(({ code }) => structural.has(code))
const place = ({ code, place: { edge }, params }: Finding): string =>
  `${code} ${edge} ${params['target']}`

/** A sound flow with one edge led elsewhere, or branches that meet anywhere. */
function drawing(seed: number): Flow {
  const random = createRandom(seed)
  if (random.chance(0.4)) return randomFragment(seed).flow
  const { flow } = randomFlow(seed, { depth: 2, length: 3 })
  const wrong = random.int(flow.edges.length)
  const target = random.pick(flow.nodes).id
  return {
    ...flow,
    edges: flow.edges.map((edge, index) => (index === wrong ? { ...edge, target } : edge)),
  }
}

function compiles(flow: Flow): boolean {
  try {
    programOf(flow)
    return true
  } catch (error) {
    if (error instanceof ValidationError) return false
    throw error
  }
}

it('[R760] what a random wrong edge makes unsound is found at its edge, with a fix that mends it; without errors all compile', () => {
  const sum = { wrong: 0, findings: 0, unmended: 0 }
  for (let seed = 0; seed < drawings; seed += 1) {
    const flow = drawing(seed)
    const found = problems(flow)
    const isSound = errors(flow).length === 0
    expect(isSound && !compiles(flow), `seed ${seed}`).toBe(false)
    if (found.length > 0) sum.wrong += 1
    for (const finding of found) {
      sum.findings += 1
      expect(finding.place.edge, `seed ${seed}: ${finding.code}`).toBeDefined()
      const mended = finding.fix && problems(applyFix(flow, finding.fix)).map(place)
      if (!mended || mended.includes(place(finding))) sum.unmended += 1
    }
  }
  console.info(`found ${JSON.stringify(sum)}`)
  expect(sum.wrong).toBeGreaterThan(drawings / 5)
  // A join that leads nowhere cannot be passed by.
  expect(sum.unmended).toBeLessThan(sum.findings / 50)
}, 120_000)
