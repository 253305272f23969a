import { MetisError, RetryableError, TerminalError, ValidationError } from '#core/errors.ts'
import { eachConfig, messageConfig } from '#core/graph/control.ts'
import { durationMs } from '#core/graph/duration.ts'
import { canonicalJson, type Json } from '#core/json.ts'
import { sentence } from '#core/messages/catalogue.ts'
import type { Clock, Command } from '#core/ports.ts'
import type { KeptMessages, Store } from '#core/store.ts'
import type { Effect, Failure } from '#core/step/types.ts'
import { authorize } from './authorize.ts'
import type { CaseKeys } from './case-keys.ts'
import { schemaFindings } from './json-schema.ts'
import type { LiveRun } from './live-run.ts'
import { engineActor } from './new-run.ts'
import { places } from './places.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunCache } from './run-cache.ts'
import type { Origin } from './run-journal.ts'

export type MessageCommand = Command & {
  /** What the waiting node names. */
  name: string
  /** What the run has and the message bears. */
  key: string | number
  value: Json
  /** The same id under the same name and key counts once, as long as the message would be kept. */
  id?: string
  /** How long it waits for a run, at most 90d; `0s` for not at all. @default 7d */
  keepFor?: string
}
export interface Sent {
  /** Ids of the runs that took it: of each flow the one that has waited longest. */
  readonly delivered: readonly string[]
  /** It waits for a run. */
  readonly kept: boolean
  /** It came before, so nothing was done. */
  readonly duplicate: boolean
}

/** A step that waits for one message, or a list that takes each as a further item. */
type Awaiting = Extract<Effect, { kind: 'message' | 'each' }>
type Awaited = { readonly run: LiveRun; readonly effect: Awaiting }

/** The message by which the effect is told something; undefined for all others. */
const awaitedBy = (effect: Effect): { readonly name: string; readonly key: string } | undefined =>
  effect.kind === 'message' ? effect : effect.kind === 'each' ? effect.adds : undefined

interface Answering {
  received(batch: RunBatch, at: Awaited, value: Json, by: Origin): void
  /** The step waits for an operator, or for a message that fits. */
  unfit(batch: RunBatch, at: Awaited, error: Failure, by: Origin): void
}

/**
 * Messages from outside and the runs that wait for them. A run is found by a keyed hash of name and key, per tenant. Of
 * each flow the run that has waited longest takes a message, suspended ones left out; where none can, it is kept under
 * seal until one can, and erased when it is taken or its time has passed. A value that does not fit is refused to its
 * sender; one that was kept, and does not fit whoever then begins to wait, becomes that step's incident.
 */
export interface Messages {
  /** An effect that waits was opened: what was kept is taken in the same transaction. */
  open(batch: RunBatch, run: LiveRun, effect: Effect): void
  close(effect: Effect): void
  /** What is kept goes to an effect that waits, unless its run is held. */
  serve(batch: RunBatch, run: LiveRun, effect: Effect): void
  /** Inside a transaction. @throws INPUT_INVALID, MESSAGE_KEPT_TOO_LONG, MESSAGES_FULL */
  send(batch: RunBatch, command: MessageCommand): Sent
  load(): MessageLoad
}
export interface MessageLoad {
  readonly kept: readonly KeptMessages[]
  /** Messages refused since the engine opened, because too many are kept. */
  readonly refused: number
}

const keptByDefault = '7d'
const keptAtMost = '90d'
/** Of kept messages taken in one transaction, so that the others get their turn. */
const portion = 16

type Amount = Omit<KeptMessages, 'tenant'>
/** How many messages may wait for runs, and their bytes. What is beyond is refused, never dropped. */
export interface KeptLimits {
  /** @default 10,000 messages, 64 MiB */
  readonly perTenant?: Partial<Amount>
  /** @default 50,000 messages, 256 MiB */
  readonly inAll?: Partial<Amount>
}
const MiB = 2 ** 20
const mostPerTenant: Amount = { messages: 10_000, bytes: 64 * MiB }
const mostInAll: Amount = { messages: 50_000, bytes: 256 * MiB }
/** Until then runs may have taken some. */
const comeAgain = 60

/** What a kept message holds, sealed. */
interface Kept extends Pick<Command, 'actor' | 'reason'> {
  readonly value: Json
}

export function createMessages(
  parts: {
    readonly store: Pick<Store, 'messages'>
    readonly clock: Clock
    readonly cache: RunCache
    readonly keys: Pick<CaseKeys, 'token' | 'sealSecret' | 'openSecret'>
    readonly isHeld: (run: LiveRun) => boolean
    readonly limits: KeptLimits
  },
  answer: Answering,
): Messages {
  const { clock, cache, keys, isHeld } = parts
  const { messages } = parts.store
  const placeOf = (tenant: string, name: string, key: string): Buffer =>
    keys.token(tenant, canonicalJson(['message', name, key]))

  let refused = 0
  const perTenant = { ...mostPerTenant, ...parts.limits.perTenant }
  const inAll = { ...mostInAll, ...parts.limits.inAll }
  /** @throws RetryableError MESSAGES_FULL */
  const admit = (tenant: string, more: Amount): void => {
    const kept = messages.kept()
    const own = kept.filter((row) => row.tenant === tenant)
    const [of, most] = fits([...own, more], perTenant) ? ['system', inAll] : ['tenant', perTenant]
    if (of === 'system' && fits([...kept, more], inAll)) return
    refused += 1
    const params = { of, messages: most.messages, bytes: most.bytes, seconds: comeAgain }
    throw new RetryableError('MESSAGES_FULL', params, { after: comeAgain * 1000 })
  }

  const serve: Messages['serve'] = (batch, run, effect) => {
    const awaited = awaitedBy(effect)
    if (!awaited) return
    const place = placeOf(run.tenant, awaited.name, awaited.key)
    while (run.open.has(effect.id) && !isHeld(run)) {
      const row = messages.oldest({ tenant: run.tenant, place, flow: run.flow }, clock.now())
      if (!row) return
      const taken = (batch.begun.get('messages') ?? 0) + 1
      if (taken > portion) {
        batch.later.set(effect.id, (next) => {
          const again = cache.find(run.id)
          if (again) serve(next, again, effect)
        })
        return
      }
      batch.begun.set('messages', taken)
      batch.writes += 1
      messages.take(row.number)
      give(batch, { run, effect: effect as Awaiting }, row.data, places.message(place))
    }
  }

  const give = (batch: RunBatch, at: Awaited, data: Uint8Array, place: string): void => {
    let kept: Kept
    try {
      // Sealed by `send` below.
      kept = JSON.parse(keys.openSecret(at.run.tenant, place, data)) as Kept
    } catch (error) {
      if (!(error instanceof MetisError)) throw error
      const { code, message, params } = error
      answer.unfit(batch, at, { code, message, params }, { actor: engineActor })
      return
    }
    const { value, ...by } = kept
    const count = findingsOf(at, value).length
    if (count === 0) answer.received(batch, at, value, by)
    else {
      const params = { name: awaitedBy(at.effect)?.name ?? '', count }
      const message = sentence('MESSAGE_UNFIT', params)
      answer.unfit(batch, at, { code: 'MESSAGE_UNFIT', message, params, output: value }, by)
    }
  }

  /** Who may take a message, by flow; `held` are the flows of which only suspended runs wait. */
  const takers = (tenant: string, place: Uint8Array) => {
    const free = new Map<string, Awaited>()
    const held = new Set<string>()
    for (const { run: id, effect: effectId, flow } of messages.waiting(tenant, place)) {
      const run = free.has(flow) ? undefined : cache.find(id)
      const effect = run?.open.get(effectId)?.effect
      if (!run || !effect || !awaitedBy(effect)) continue
      if (isHeld(run)) held.add(flow)
      else free.set(flow, { run, effect: effect as Awaiting })
    }
    return { free: [...free.values()], held: [...held].filter((flow) => !free.has(flow)) }
  }

  return {
    open(batch, run, effect) {
      const awaited = awaitedBy(effect)
      if (!awaited) return
      messages.subscribe({
        effect: effect.id,
        tenant: run.tenant,
        run: run.id,
        flow: run.flow,
        place: placeOf(run.tenant, awaited.name, awaited.key),
        since: run.open.get(effect.id)?.since ?? run.at,
      })
      batch.work.push(() => serve(batch, run, effect))
    },
    close(effect) {
      if (awaitedBy(effect)) messages.unsubscribe(effect.id)
    },
    serve,
    send(batch, { name, key, value, id, keepFor = keptByDefault, ...by }) {
      const { tenant } = by
      authorize(by.actor, 'message.send', { tenant, kind: 'message', id: name })
      if (durationMs(keepFor) > durationMs(keptAtMost))
        throw new TerminalError('MESSAGE_KEPT_TOO_LONG', { keepFor, most: keptAtMost })
      const now = clock.now()
      const place = placeOf(tenant, name, String(key))
      const mark =
        id === undefined
          ? null
          : keys.token(tenant, canonicalJson(['message', name, String(key), id]))
      if (mark && messages.isKnown(tenant, mark, now))
        return { delivered: [], kept: false, duplicate: true }
      const { free, held } = takers(tenant, place)
      for (const at of free) {
        const findings = findingsOf(at, value)
        if (findings.length > 0)
          throw new ValidationError('INPUT_INVALID', findings, {
            what: `message "${name}" of flow "${at.run.flow}"`,
            count: findings.length,
          })
      }
      const expiresAt = now + durationMs(keepFor)
      const keep = (flow: string | null, data: Uint8Array | null): void => {
        batch.writes += 1
        batch.expiresAt = Math.min(batch.expiresAt, expiresAt)
        messages.keep({ tenant, place, flow, mark, data, expiresAt })
      }
      const lasts = expiresAt > now
      const keptFor = !lasts ? [] : free.length + held.length === 0 ? [null] : held
      const { actor, reason } = by
      const content: Kept = { value, actor, ...(reason === undefined ? {} : { reason }) }
      if (keptFor.length > 0) {
        const sealed = keptFor.map((flow) => ({
          flow,
          data: keys.sealSecret(tenant, places.message(place), JSON.stringify(content)),
        }))
        const bytes = sealed.reduce((sum, { data }) => sum + data.length, 0)
        admit(tenant, { messages: sealed.length, bytes })
        for (const { flow, data } of sealed) keep(flow, data)
      }
      if (mark && lasts && keptFor.length === 0) keep(null, null)
      for (const at of free) answer.received(batch, at, value, by)
      return {
        delivered: free.map(({ run }) => run.id),
        kept: keptFor.length > 0,
        duplicate: false,
      }
    },
    load: () => ({ kept: messages.kept(), refused }),
  }
}

const fits = (amounts: readonly Amount[], most: Amount): boolean =>
  (['messages', 'bytes'] as const).every(
    (of) => amounts.reduce((sum, amount) => sum + amount[of], 0) <= most[of],
  )

function findingsOf({ run, effect }: Awaited, value: Json) {
  const config = run.bundle.nodes.get(effect.node)?.config
  const schema =
    effect.kind === 'message'
      ? messageConfig.parse(config).schema
      : eachConfig.parse(config).adds?.schema
  return schema === undefined ? [] : schemaFindings(schema, value)
}
