import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { refusal, openProduct, type Answer, type TestedProduct } from './open-product.ts'
import { draw, drawOne, echo } from './flows.ts'

let product: TestedProduct
beforeAll(async () => {
  product = await openProduct()
})
afterAll(() => product.close())

const map = (id: string, inputs: Readonly<Record<string, Json>> = {}) => ({
  id,
  type: 'data.map',
  inputs,
})
const findings = (answer: Answer) => answer.body['findings'] as readonly Record<string, Json>[]

describe('a document', () => {
  it.each([
    ['nothing', null, ''],
    ['a list', [], ''],
    ['another kind', { ...echo, kind: 'process' }, '/kind'],
    ['a later format', { ...echo, format: 2 }, '/format'],
    ['no id', { ...echo, id: undefined }, '/id'],
    ['an id that is a path', { ...echo, id: '../x' }, '/id'],
    ['a node named like a reserved word', drawOne('x', map('input'), ['out']), '/nodes/1/id'],
    ['a node named __proto__', drawOne('x', map('__proto__'), ['out']), '/nodes/1/id'],
    ['a field that nobody knows', { ...echo, colour: 'red' }, ''],
    ['edges that are no list', { ...echo, edges: {} }, '/edges'],
    ['an input schema that is no object', { ...echo, input: 7 }, '/input'],
  ])('[R147] of %s is refused with the place, and nothing is kept', async (_, document, path) => {
    const answer = await product.send('POST', '/flows', JSON.stringify(document))
    expect(refusal(answer)).toEqual([422, 'DOCUMENT_INVALID'])
    expect(findings(answer)).toContainEqual(
      expect.objectContaining({ place: expect.objectContaining({ path }) }),
    )
    expect(refusal(await product.send('GET', '/flows/x'))).toEqual([404, 'NOT_FOUND'])
  })

  it.each([
    ['NODE_TYPE_UNKNOWN', drawOne('flawed', { id: 'a', type: 'bureau.push' }, ['out']), 'a'],
    ['NODE_TYPE_UNKNOWN', drawOne('flawed', { id: 'a', type: 'constructor' }, ['out']), 'a'],
    ['NODE_TYPE_UNKNOWN', drawOne('flawed', { id: 'a', type: '__proto__' }, ['out']), 'a'],
    ['NODE_VERSION_UNKNOWN', drawOne('flawed', { ...map('a'), version: 9 }, ['out']), 'a'],
    ['PORT_UNCONNECTED', drawOne('flawed', map('a'), []), 'a'],
    ['EDGE_PORT_UNKNOWN', drawOne('flawed', map('a'), ['out', 'sideways']), 'a'],
    [
      'EDGE_NODE_UNKNOWN',
      draw({
        id: 'flawed',
        nodes: [map('a')],
        edges: ['start.out > a', 'a.out > end', 'ghost.out > end'],
      }),
      null,
    ],
    [
      'PORT_WITH_TWO_EDGES',
      draw({
        id: 'flawed',
        nodes: [map('a'), map('b')],
        edges: ['start.out > a', 'start.out > b', 'a.out > end', 'b.out > end'],
      }),
      'start',
    ],
    [
      'DUPLICATE_ID',
      draw({ id: 'flawed', nodes: [map('a'), map('a')], edges: ['start.out > a', 'a.out > end'] }),
      'a',
    ],
    [
      'CONFIG_INVALID',
      drawOne('flawed', { id: 'a', type: 'flow.wait', config: { duration: 'soon' } }, ['out']),
      'a',
    ],
    ['NAME_UNKNOWN', drawOne('flawed', map('a', { x: { var: 'ghost.y' } }), ['out']), 'a'],
  ])(
    '[R148] with the flaw %s can be saved, and is neither published nor run',
    async (code, flow, node) => {
      expect((await product.send('POST', '/flows', flow)).status).toBe(201)
      for (const [path, body] of [
        ['/flows/flawed/publish', undefined],
        ['/flows/flawed/runs', { input: {}, version: 'draft' }],
      ] as const) {
        const answer = await product.send('POST', path, body)
        expect(refusal(answer)).toEqual([422, 'DOCUMENT_HAS_ERRORS'])
        expect(findings(answer).map((each) => each['code'])).toContain(code)
        const found = findings(answer).find((each) => each['code'] === code)
        expect(found).toMatchObject({ place: node === null ? {} : { node } })
      }
      expect(refusal(await product.send('POST', '/flows/flawed/runs', { input: {} }))).toEqual([
        409,
        'NOT_PUBLISHED',
      ])
    },
  )

  it.each([
    ['unknown operator', { frobnicate: [1] }],
    ['operator from the prototype', { constructor: ['return 1'] }],
    ['operator __defineGetter__', { __defineGetter__: ['x', 1] }],
    ['operator toString', { toString: [] }],
  ])('with an %s in its logic is not published', async (_, logic) => {
    const flow = drawOne('logic', map('a', { x: logic as unknown as Json }), ['out'])
    expect((await product.send('POST', '/flows', flow)).status).toBe(201)
    expect(refusal(await product.send('POST', '/flows/logic/publish'))).toEqual([
      422,
      'DOCUMENT_HAS_ERRORS',
    ])
  })

  it('whose paths lead into prototypes reads nothing there', async () => {
    const paths = ['input.__proto__', 'input.constructor.name', 'input.text.length.constructor']
    const inputs = Object.fromEntries(paths.map((path, at) => [`p${at}`, { var: path }]))
    await product.publish(drawOne('paths', map('a', inputs), ['out']))
    const { output } = await product.run('paths', { text: 'x', constructor: { name: 'mine' } })
    expect(output).toEqual({ p0: null, p1: null, p2: null })
  })

  it.each([
    ['a type that does not exist', { type: 'nonsense' }],
    ['a pattern that is no pattern', { properties: { a: { pattern: '(' } } }],
    ['a reference to nowhere', { $ref: '#/$defs/none' }],
    ['a reference to another machine', { $ref: 'https://evil.example/schema.json' }],
    ['limits that are no numbers', { minimum: 'x' }],
    ['asynchronous checks', { $async: true, type: 'object', required: ['a'] }],
    ['a dialect that nobody knows', { $schema: 'https://evil.example/draft', type: 'object' }],
  ])('[R149] whose input schema has %s is not published', async (_, input) => {
    const flow = { ...echo, id: 'schema', input }
    expect((await product.send('POST', '/flows', flow)).status).toBe(201)
    const answer = await product.send('POST', '/flows/schema/publish')
    expect(refusal(answer)).toEqual([422, 'DOCUMENT_HAS_ERRORS'])
    const draft = { input: {}, version: 'draft' }
    expect(refusal(await product.send('POST', '/flows/schema/runs', draft))).toEqual([
      422,
      'DOCUMENT_HAS_ERRORS',
    ])
  })

  it('nested as deep as a request may be still compiles and runs', async () => {
    let logic: Json = { var: 'input.n' }
    for (let depth = 0; depth < 45; depth += 1) logic = { '+': [logic, 1] }
    await product.publish(drawOne('deep', map('a', { x: logic }), ['out']))
    expect((await product.run('deep', { n: 1 })).output).toEqual({ x: 46 })
  })
})

describe('a decision', () => {
  it('that is none is refused, and what hostile input asks for is not there', async () => {
    expect(refusal(await product.send('POST', '/decisions', { kind: 'flow' }))).toEqual([
      422,
      'DOCUMENT_INVALID',
    ])
    expect(refusal(await product.send('POST', '/decisions/none/evaluate', { input: {} }))).toEqual([
      404,
      'NOT_FOUND',
    ])
  })
})

describe('publishing', () => {
  it('[R151] by two at once makes one version of one content', async () => {
    expect((await product.send('POST', '/flows', { ...echo, id: 'twice' })).status).toBe(201)
    const publish = () => product.send('POST', '/flows/twice/publish')
    const answers = await Promise.all([publish(), publish(), publish(), publish()])
    expect(answers.map(({ status, body }) => [status, body['version']])).toEqual(
      answers.map(() => [200, 1]),
    )
  })

  it('while others save numbers every version once', async () => {
    const save = (name: string) => product.send('POST', '/flows', { ...echo, id: 'race', name })
    await save('first')
    const work = ['a', 'b', 'c', 'd'].flatMap((name) => [
      save(name),
      product.send('POST', '/flows/race/publish'),
    ])
    for (const answer of await Promise.all(work)) expect(answer.status).toBeLessThan(300)
    const { body } = await product.send('GET', '/flows/race')
    const versions = (body['versions'] as readonly { version: number }[]).map(
      (each) => each.version,
    )
    expect(versions).toEqual(versions.map((_, index) => versions.length - index))
  })

  it('one save of two with the same draft number wins', async () => {
    await product.send('POST', '/flows', { ...echo, id: 'drafts' })
    const save = (name: string) =>
      product.send('POST', '/flows', { ...echo, id: 'drafts', name }, { 'if-match': '1' })
    const answers = await Promise.all([save('mine'), save('yours')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
    const late = answers.find(({ status }) => status === 409)
    expect(refusal(late)).toEqual([409, 'DRAFT_CONFLICT'])
    expect(
      refusal(await product.send('POST', '/flows', { ...echo, id: 'drafts' }, { 'if-match': 'x' })),
    ).toEqual([400, 'IF_MATCH_INVALID'])
  })
})

describe('a cycle', () => {
  it('[R150] that reaches its limit is an incident that says so, and is ended by hand', async () => {
    const flow = draw({
      id: 'cycle',
      nodes: [
        { ...map('turn', { n: 1 }), maxVisits: 3 },
        {
          id: 'again',
          type: 'flow.branch',
          config: { cases: [{ id: 'yes', name: 'Yes', when: true }] },
        },
      ],
      edges: ['start.out > turn', 'turn.out > again', 'again.yes > turn', 'again.else > end'],
    })
    await product.publish(flow)
    const run = await product.run('cycle', {})
    expect(run.status).toBe('incident')
    const stuck = run.steps.find(({ status }) => status === 'incident')
    expect(stuck).toMatchObject({
      node: 'turn',
      error: { code: 'TOO_MANY_VISITS', message: expect.stringMatching(/turn.*3/) },
    })
    const step = `/runs/${run.id}/steps/${stuck?.step}`
    await product.send('POST', `${step}/retry`)
    const retried = await product.settled(run.id)
    expect(retried.status).toBe('incident')
    const open = retried.steps.filter(({ status }) => status === 'incident')
    expect(open).toHaveLength(1)
    const cancelled = await product.send('POST', `/runs/${run.id}/cancel`, { reason: 'loops' })
    expect(cancelled.body).toMatchObject({ status: 'cancelled' })
  })
})
