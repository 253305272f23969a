import { canonicalJson, isObject, type Json, type JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { callKey, type PortValue } from '#core/node/perform.ts'
import type { Clock } from '#core/ports.ts'
import type { Store } from '#core/store.ts'
import type { CaseKeys } from './case-keys.ts'
import type { LiveRun, OpenEffect } from './live-run.ts'
import { places } from './places.ts'
import type { Plan } from './plans.ts'
import type { ValueCodec } from './value-codec.ts'

/** An answer that was got before, and when. */
interface KeptAnswer {
  readonly exit: PortValue
  readonly at: number
}

interface Asked {
  readonly run: LiveRun
  readonly open: OpenEffect
  readonly plan: Plan
}

/**
 * Answers of effects whose policy has a cache. One is found by a keyed hash of what was asked (type, version, config,
 * the connection's address and the policy's key), per tenant. It is sealed under the key of the case that got it, so
 * it ends with its time or with the erasure of that case, whichever comes first.
 */
export interface Answers {
  find(asked: Asked): KeptAnswer | undefined
  /** Inside a transaction. A key that cannot be made keeps nothing: the answer itself must not be lost by it. */
  keep(asked: Asked, exit: PortValue): void
}

export function answers(parts: {
  readonly store: Pick<Store, 'answers'>
  readonly keys: CaseKeys
  readonly codec: ValueCodec
  readonly clock: Clock
  /** Where a connection leads; undefined where its answers are not kept. */
  readonly address: (tenant: string, connection: string) => string | undefined
}): Answers {
  const { store, keys, codec, clock } = parts
  const compiled = new WeakMap<object, ReturnType<typeof compileLogic>>()

  /** By the node's own logic, else by its type. */
  const keyOf = ({ run, open, plan: { node, type } }: Asked): Json => {
    const inputs = 'input' in open.effect && isObject(open.effect.input) ? open.effect.input : {}
    const own = node.policy?.cache?.key
    if (own === undefined) return callKey(type, node.config, inputs)
    const logic = compiled.get(node) ?? compileLogic(own)
    compiled.set(node, logic)
    return logic({ inputs, config: node.config } satisfies JsonObject, { at: run.at })
  }
  const placeOf = (asked: Asked): Buffer | undefined => {
    const { run, plan } = asked
    if (plan.policy.cacheTtl === 0) return undefined
    const address = plan.connection === null ? '' : parts.address(run.tenant, plan.connection)
    const key = address === undefined ? null : keyOf(asked)
    // Nothing known of what is asked: such calls are not the same.
    if (key === null) return undefined
    const { type, version } = plan.type
    return keys.token(
      run.tenant,
      canonicalJson(['answer', type, version, plan.node.config, address ?? '', key]),
    )
  }

  return {
    find(asked) {
      const place = placeOf(asked)
      const { tenant } = asked.run
      const row = place && store.answers.get(tenant, place, clock.now())
      if (!row) return undefined
      const scope = { tenant, case: row.case, key: keys.key(row.case) }
      // Sealed by `keep` below.
      const exit = codec.decode(
        scope,
        places.answer(tenant, row.key),
        row.data,
      ) as unknown as PortValue
      return { exit, at: row.at }
    },
    keep(asked, exit) {
      let place: Buffer | undefined
      try {
        place = placeOf(asked)
      } catch {
        return
      }
      if (!place) return
      const { run, plan } = asked
      const at = clock.now()
      store.answers.put({
        tenant: run.tenant,
        key: place,
        case: run.scope.case,
        data: codec.encode(run.scope, places.answer(run.tenant, place), exit),
        at,
        expiresAt: at + plan.policy.cacheTtl,
      })
    },
  }
}
