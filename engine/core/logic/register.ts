import type { Json } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'
import type { OperatorForm } from '#core/logic/operators/operator.ts'

/** The part of json-logic-js that is needed. */
export interface JsonLogicEngine {
  add_operation(name: string, code: (...args: Json[]) => Json): void
}

/**
 * Teaches json-logic-js our operators, so that stored logic gives the same results there.
 * `env` supplies the time for `today`; without it `today` is null.
 */
export function registerOperators(jsonLogic: JsonLogicEngine, env?: () => Env): void {
  for (const id of Object.keys(operators) as OperatorId[]) {
    jsonLogic.add_operation(id, positional(operators[id].form, env ?? (() => ({ at: NaN }))))
  }
}

function positional(form: OperatorForm, env: () => Env): (...args: Json[]) => Json {
  if (form.kind === 'list') return (...args) => form.call(args)
  if (form.kind === 'clock') return () => form.call(env())
  return form.call
}
