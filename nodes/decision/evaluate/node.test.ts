import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import type { JsonObject } from '#core/json.ts'
import { runNode } from '#core/node/run-node.ts'
import { decisionEvaluate } from '#nodes/decision/evaluate/node.ts'

const policy = compileDecision(
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'policy',
    name: 'Policy',
    input: {},
    parts: [
      {
        kind: 'rules',
        id: 'hard',
        name: 'Hard policy',
        rules: [
          {
            id: 'score',
            name: 'Bureau score',
            when: { lt: [{ var: 'bureau.score' }, 670] },
            then: [
              { do: 'outcome', outcome: 'decline' },
              { do: 'reason', code: 'BUREAU_LOW', text: 'Bureau score is below 670' },
            ],
          },
        ],
      },
    ],
  }),
)
const evaluate = (inputs: JsonObject) =>
  runNode(decisionEvaluate, {
    config: { decision: 'policy' },
    inputs,
    decide: (_, input) => policy(input, 0),
  })

describe('decision.evaluate', () => {
  it('decides on the inputs by name', async () => {
    const { port, value } = await evaluate({ bureau: { score: 600 } })
    expect(port).toBe('out')
    expect(value).toMatchObject({ outcome: 'decline', reasons: [{ code: 'BUREAU_LOW' }] })
  })
  it('takes an object named input as the whole input', async () => {
    const { value } = await evaluate({ input: { bureau: { score: 600 } } })
    expect(value).toMatchObject({ outcome: 'decline' })
  })
  it('leaves a rule unknown where its field is missing', async () => {
    const { value } = await evaluate({ bureau: null })
    expect(value).toMatchObject({ outcome: null, unknown: [{ missing: ['bureau.score'] }] })
  })
  it('fails by name where the decision is not there', async () => {
    const absent = runNode(decisionEvaluate, { config: { decision: 'none' }, inputs: {} })
    await expect(absent).rejects.toMatchObject({ code: 'DECISION_UNKNOWN' })
  })
})
