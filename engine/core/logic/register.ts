import { isObject, type Json } from '#core/json.ts'
import { calls } from '#core/logic/imported.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'
import type { OperatorForm } from '#core/logic/operators/operator.ts'

/** The part of json-logic-js that is needed. */
export interface JsonLogicEngine {
  add_operation(name: string, code: (this: unknown, ...args: Json[]) => Json): void
  apply(logic: never, data: unknown): unknown
}

/**
 * Teaches json-logic-js our operators and those of later dialects, so that stored logic gives the same results there.
 * `env` supplies the time for `today`; without it `today` is null.
 */
export function registerOperators(jsonLogic: JsonLogicEngine, env?: () => Env): void {
  jsonLogic.add_operation('??', (...args) => args.find((value) => value !== null) ?? null)
  for (const name of ['val', 'exists']) {
    const call = calls[name] as NonNullable<(typeof calls)[string]>
    jsonLogic.add_operation(name, function (...args) {
      // json-logic-js gives an operation its data as `this`.
      return call(args, (this ?? null) as Json)
    })
  }
  for (const id of Object.keys(operators) as OperatorId[]) {
    const { form } = operators[id]
    jsonLogic.add_operation(
      id,
      form.kind === 'scoped'
        ? scoped(form.call, jsonLogic)
        : positional(form, env ?? (() => ({ at: NaN }))),
    )
  }
}

/**
 * The body arrives as it is written, because an object with two keys is no operation there either; it is evaluated
 * over the data with the element beside them.
 */
function scoped(
  call: Extract<OperatorForm, { kind: 'scoped' }>['call'],
  jsonLogic: JsonLogicEngine,
): (this: unknown, ...args: Json[]) => Json {
  return function (list, body) {
    // json-logic-js gives an operation its data as `this`.
    const data = isObject(this) ? this : {}
    const { as, do: logic = null } = isObject(body) ? body : {}
    const name = typeof as === 'string' ? as : ''
    return call(list ?? null, (item, sofar) => {
      const partial = sofar === undefined ? {} : { partial: sofar }
      const inner = { ...data, ...partial, [name]: item }
      // Results over JSON are JSON; what is undefined there is null here.
      return (jsonLogic.apply(logic as never, inner) as Json | undefined) ?? null
    })
  }
}

function positional(
  form: Exclude<OperatorForm, { kind: 'scoped' }>,
  env: () => Env,
): (...args: Json[]) => Json {
  if (form.kind === 'list') return (...args) => form.call(args)
  if (form.kind === 'clock') return () => form.call(env())
  return form.call
}
