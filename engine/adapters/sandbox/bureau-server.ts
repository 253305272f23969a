import type { BureauSwitches } from '#core/api/sandbox-views.ts'
import { isObject } from '#core/json.ts'
import { bureauReport } from '#engine/adapters/sandbox/bureau-report.ts'
import { drop, startJsonServer, type JsonServer } from '#engine/adapters/sandbox/json-server.ts'
import { createAnswers, createKept } from '#engine/adapters/sandbox/kept.ts'

/** What the bureau was asked, without the person. */
export interface BureauCall {
  readonly at: number
  readonly product: string
  /** The caller's `Idempotency-Key`. */
  readonly key: string | null
  /** False where the key was answered before, so that nothing would be charged. */
  readonly charged: boolean
}

export interface BureauServer extends JsonServer {
  switches(): BureauSwitches
  set(switches: { [K in keyof BureauSwitches]?: BureauSwitches[K] | undefined }): BureauSwitches
  calls(): readonly BureauCall[]
  clear(): void
}

const quiet: BureauSwitches = { latencyMs: 0, failure: 'none' }

/** `POST /v1/reports` with `{ product, applicant: { pan, … } }`, answered by `{ reportId, hit, report }`. */
export async function startBureau(now: () => number): Promise<BureauServer> {
  let switches = quiet
  const calls = createKept<BureauCall>(500)
  const answered = createAnswers<true>(5000)
  const stop = new AbortController()

  const server = await startJsonServer('/v1/reports', async (body, key) => {
    const { latencyMs, failure } = switches
    if (latencyMs > 0) await pause(latencyMs, stop.signal)
    const applicant = isObject(body['applicant']) ? body['applicant'] : {}
    const pan = text(applicant['pan']).toUpperCase()
    const product = text(body['product'])
    const charged = failure === 'none' && answered.get(key) === undefined
    calls.add({ at: now(), product, key, charged })
    if (failure === 'drop') return drop
    if (failure === 'server-error') return { status: 503, body: { error: 'out of service' } }
    if (failure === 'malformed')
      return { status: 200, type: 'text/html', body: '<html><body>Bad gateway</body></html>' }
    if (!/^[A-Z]{5}\d{4}[A-Z]$/.test(pan))
      return { status: 422, body: { error: 'applicant.pan is no PAN' } }
    answered.add(key, true)
    const report = failure === 'no-hit' ? null : bureauReport(pan)
    return {
      status: 200,
      body: { reportId: `SBX-${idOf(`${product}:${pan}`)}`, hit: report !== null, report },
    }
  })

  return {
    origin: server.origin,
    switches: () => switches,
    set: (change) => {
      switches = {
        latencyMs: change.latencyMs ?? switches.latencyMs,
        failure: change.failure ?? switches.failure,
      }
      return switches
    },
    calls: calls.all,
    clear: () => {
      switches = quiet
      calls.clear()
      answered.clear()
    },
    close: () => {
      stop.abort()
      return server.close()
    },
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    timer.unref()
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Equal for equal input, and tells nothing of it. */
function idOf(text: string): string {
  let hash = 0
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return hash.toString(16).padStart(8, '0')
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
