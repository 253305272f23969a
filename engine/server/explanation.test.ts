import { expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { main } from '#engine/cli/main.ts'
import { openEngine } from '#engine/server/testing/open-engine.ts'
import { openServer, token } from '#engine/server/testing/open-server.ts'
import { pureFlow } from '#engine/server/testing/sample-flow.ts'

const policy = (least: number): Json => ({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: { type: 'object', properties: { score: { type: 'integer', minimum: 300, maximum: 900 } } },
  parts: [
    {
      kind: 'decision',
      id: 'bureau',
      name: 'Bureau',
      decision: 'hard',
      inputs: { points: { var: 'score' }, least },
    },
  ],
})
const hard: Json = {
  kind: 'decision',
  format: 1,
  id: 'hard',
  name: 'Hard policy',
  input: {},
  parts: [
    {
      kind: 'rules',
      id: 'rules',
      name: 'Rules',
      rules: [
        {
          id: 'low',
          name: 'Low score',
          when: { lt: [{ var: 'points' }, { var: 'least' }] },
          then: [
            { do: 'outcome', outcome: 'decline' },
            { do: 'reason', code: 'LOW', text: 'Low score' },
          ],
        },
      ],
    },
  ],
}
const flow = {
  ...pureFlow,
  id: 'loan',
  nodes: [
    pureFlow.nodes[0],
    {
      id: 'policy',
      type: 'decision.evaluate',
      name: 'Policy',
      config: { decision: 'policy' },
      inputs: { input: { var: 'input' } },
    },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'policy' } } },
  ],
  input: { type: 'object', properties: {} },
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'policy' },
    { id: 'e2', source: 'policy', sourcePort: 'out', target: 'end' },
  ],
}
const by = { tenant: 'default', actor: { id: 'ada', kind: 'user' } } as const

async function open() {
  const engine = await openEngine()
  const { server, call } = await openServer(engine)
  const publish = (least: number): void => {
    for (const document of [hard, policy(least)]) {
      engine.decisions.save({ ...by, document })
      engine.decisions.publish({ ...by, id: (document as { id: string }).id })
    }
    engine.flows.save({ ...by, document: flow })
    engine.flows.publish({ ...by, id: 'loan' })
  }
  publish(670)
  const { id } = await engine.startRun({ ...by, flow: 'loan', input: { score: 668 } })
  return { engine, server, call, publish, run: id }
}

it('[R623] a run’s decision is explained from what its step was given, by the decision that the run keeps', async () => {
  const { call, publish, run } = await open()
  // What is published since is not what decided.
  publish(700)
  const answer = await call('GET', `/runs/${run}/steps/policy:1/explanation`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    decision: { id: 'policy', name: 'Policy' },
    agrees: true,
    why: {
      result: { outcome: 'decline' },
      chain: [{ part: 'bureau.rules', unit: 'low', values: [{ value: 668 }, { value: 670 }] }],
    },
    other: {
      found: true,
      changes: [{ path: 'score', from: 668, to: 670 }],
      result: { outcome: null },
      smallest: true,
    },
  })
  const kept = await call('GET', `/runs/${run}/steps/policy:1/explanation?mutable=other`)
  expect(await kept.json()).toMatchObject({ other: { found: false } })
  const refused = await call('GET', `/runs/${run}/steps/start:1/explanation`)
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'STEP_UNDECIDED' }])
  expect((await call('GET', `/runs/${run}/steps/policy:2/explanation`)).status).toBe(404)
})

it('[R624] the command line says why a run’s decision came out so', async () => {
  const { server, run } = await open()
  const said = async (...args: string[]) => {
    const out: string[] = []
    const code = await main(['explain', ...args], {
      out: (text) => void out.push(text),
      err: (text) => void out.push(text),
      env: { METIS_TOKEN: token, METIS_URL: server.url },
      cwd: '/',
      colour: false,
      interrupted: new AbortController().signal,
    })
    return { code, text: out.join('\n') }
  }
  expect(await said(run)).toEqual({
    code: 0,
    text: [
      'policy:1  Policy: decline',
      'led to it',
      '  Bureau › Rules › Low score: points = 668, least = 670',
      'would change it',
      '  score: 670 instead of 668',
      '  then: no outcome',
    ].join('\n'),
  })
  expect(JSON.parse((await said(run, '--json')).text)).toMatchObject({ agrees: true })
  expect(await said(run, '--at', 'nowhere')).toMatchObject({ code: 2 })
  expect(await said()).toMatchObject({ code: 2 })
})
