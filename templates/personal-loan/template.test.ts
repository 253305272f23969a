import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { validateDecision } from '#core/decision/validate.ts'
import { canonicalDocument } from '#core/graph/canonical.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import { flowSchema } from '#core/graph/flow.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Json } from '#core/json.ts'
import { createRegistry } from '#core/node/registry.ts'
import { readTemplate } from '#engine/adapters/templates/template-store.ts'
import { uploadFiles } from '#engine/adapters/templates/upload-files.ts'
import { composeEngine } from '#engine/main.ts'
import { builtInNodes } from '#nodes/index.ts'

const here = import.meta.dirname
const template = readTemplate(here, 'personal-loan')
const flow = flowSchema.parse(template.flow)
const policy = decisionSchema.parse(template.decisions[0])

const logged: string[] = []
const log = pino(
  { level: 'trace' },
  new Writable({
    write: (chunk: Buffer, _, done) => {
      logged.push(chunk.toString())
      done()
    },
  }),
)
const dataDir = await mkdtemp(join(tmpdir(), 'metis-personal-loan-'))
const product = await composeEngine({ dataDir, log })
const { engine } = product
const sandbox = product.sandbox
if (!sandbox) throw new Error('the sandbox is off')
afterAll(async () => {
  await product.close()
  await rm(dataDir, { recursive: true, force: true })
})

const actor = { id: 'test', kind: 'system' } as const
const command = { tenant: 'default', actor }
for (const document of template.decisions) {
  const { id } = engine.decisions.save({ ...command, document })
  engine.decisions.publish({ ...command, id })
}
engine.flows.save({ ...command, document: template.flow })
engine.flows.publish({ ...command, id: flow.id })
beforeEach(() => sandbox.clear())

const decided = z.object({
  outcome: z.string(),
  reasons: z.array(z.object({ code: z.string() })),
  decidedBy: z.string().optional(),
  note: z.string().optional(),
})

async function run(input: Json) {
  const put = (bytes: Uint8Array, about: { name: string; type: string }) =>
    engine.putBlob({ ...command, bytes, ...about })
  const uploaded = await uploadFiles(input, { folder: here, put })
  const { id } = await engine.startRun({ ...command, flow: flow.id, input: uploaded })
  return engine.settled('default', id)
}
type Run = Awaited<ReturnType<typeof run>>

const step = (view: Run, node: string) => view.steps.find((one) => one.node === node)
const reasons = (value: unknown): string[] =>
  decided.parse(value).reasons.map((reason) => reason.code)

const inputOf = (id: string): Record<string, Record<string, Json>> => {
  const found = template.cases.find((one) => one.id === id)
  if (!found) throw new Error(`there is no case ${id}`)
  return structuredClone(found.input) as Record<string, Record<string, Json>>
}
const input = (change: (input: Record<string, Record<string, Json>>) => void): Json => {
  const changed = inputOf('approve')
  change(changed)
  return changed
}

describe('the documents of the template', () => {
  it('[R130] are canonical and without any finding', async () => {
    for (const file of ['flow.json', 'policy.json']) {
      const text = await readFile(join(here, file), 'utf8')
      expect(canonicalDocument(JSON.parse(text)) === text, `${file} is canonical`).toBe(true)
    }
    const registry = createRegistry(builtInNodes)
    const findings = validateFlow(flow, {
      descriptor: (type) => registry.descriptor(type),
      decision: (id) => (id === policy.id ? policy : undefined),
    })
    expect([...findings, ...validateDecision(policy)]).toEqual([])
  })

  it('place every node, and none on another', () => {
    const places = flow.nodes.map((node) => flow.layout[node.id])
    for (const [at, one] of places.entries())
      for (const other of places.slice(at + 1)) {
        const apart =
          Math.abs((one?.x ?? 0) - (other?.x ?? 0)) >= 280 ||
          Math.abs((one?.y ?? 0) - (other?.y ?? 0)) >= 100
        expect(apart, JSON.stringify([one, other])).toBe(true)
      }
  })
})

const expectation = z.object({
  status: z.enum(['completed', 'waiting']),
  outcome: z.string().optional(),
  at: z.string().optional(),
  reasons: z.array(z.string()),
})

describe('the cases', () => {
  it.each(template.cases)(
    '[R131] $id: $name',
    { timeout: 120_000 },
    async ({ input: given, expect: wanted }) => {
      const { status, outcome, at, reasons: codes } = expectation.parse(wanted)
      const view = await run(given)
      expect({ status: view.status, at: view.at }).toEqual({ status, at: at ? [at] : [] })
      const result = view.output ?? step(view, 'decide')?.output
      expect(reasons(result)).toEqual(expect.arrayContaining(codes))
      expect(decided.partial().parse(view.output ?? {}).outcome).toBe(outcome)
      // Whoever got an answer got it by mail and by SMS; who waits got none yet.
      const channels = sandbox.messages().map((message) => message.channel)
      expect(channels).toEqual(status === 'completed' ? ['email', 'sms'] : [])
    },
  )
})

describe('besides', { timeout: 120_000 }, () => {
  it('an approval tells the offer, a person’s decision its note', async () => {
    await run(inputOf('approve'))
    expect(sandbox.messages()[0]).toMatchObject({
      to: 'rahul.sharma@example.in',
      subject: 'Your personal loan is approved',
      text: expect.stringContaining('Amount: ₹ 5,00,000'),
    })
    sandbox.clear()
    const waiting = await run(inputOf('blurred-document'))
    const [task] = engine.listTasks('default', { run: waiting.id }).items
    expect(task).toMatchObject({ role: 'credit-officer', status: 'open' })
    await engine.completeTask({
      ...command,
      task: task?.id ?? '',
      outcome: 'decline',
      value: { note: 'No readable PAN card was sent.' },
    })
    const done = await engine.settled('default', waiting.id)
    expect(done.status).toBe('completed')
    expect(decided.parse(done.output)).toMatchObject({
      outcome: 'decline',
      decidedBy: 'person',
      note: 'No readable PAN card was sent.',
    })
    expect(sandbox.messages()[0]?.text).toContain('No readable PAN card was sent.')
  })

  it('[R132] a bureau that is down leads to a person, with the documents read', async () => {
    sandbox.set({ failure: 'malformed' })
    const view = await run(inputOf('approve'))
    expect(view).toMatchObject({ status: 'waiting', at: ['review'] })
    expect(step(view, 'bureau')).toMatchObject({ port: 'error', attempts: 4 })
    expect(reasons(step(view, 'decide')?.output)).toContain('BUREAU_UNAVAILABLE')
    expect(step(view, 'papers')?.output).toMatchObject({ complete: true })
  })

  it('[R133] a file that is no document leads to a person', async () => {
    const view = await run(
      input(
        (given) =>
          void (given['documents'] = { ...given['documents'], pan: { $file: 'README.md' } }),
      ),
    )
    expect(view).toMatchObject({ status: 'waiting', at: ['review'] })
    expect(step(view, 'read_pan')).toMatchObject({
      port: 'error',
      output: { error: { code: 'OCR_NOT_AN_IMAGE' } },
    })
  })

  it('[R133] documents of someone else lead to a person', async () => {
    const view = await run(
      input(
        (given) =>
          void (given['documents'] = {
            ...given['documents'],
            salarySlip: { $file: 'samples/asha/salary-slip.pdf' },
          }),
      ),
    )
    expect(view).toMatchObject({ status: 'waiting', at: ['review'] })
    expect(step(view, 'papers')?.output).toMatchObject({
      failed: ['SLIP_NAME', 'SLIP_PAN', 'SALARY_CREDITED'],
    })
    expect(reasons(step(view, 'decide')?.output)).toContain('DOCUMENTS_DISAGREE')
  })

  it('[R134] without consent nothing is read and nobody is asked', async () => {
    const view = await run(
      input((given) => void (given['applicant'] = { ...given['applicant'], consent: false })),
    )
    expect(view.status).toBe('completed')
    expect(reasons(view.output)).toEqual(['CONSENT_MISSING'])
    expect(sandbox.bureauCalls()).toEqual([])
    expect(step(view, 'read_pan')).toBeUndefined()
  })

  it('[R135] no log line holds a name, a PAN or an address', () => {
    const text = logged.join('')
    for (const personal of ['ABCPS1234F', 'Sharma', 'SHARMA', 'rahul.sharma', '98765'])
      expect(text).not.toContain(personal)
  })
})
