import { bindLogic, bindScope, type Names } from '#core/compile/bind.ts'
import type { CompiledNode, RunContext } from '#core/compile/program.ts'
import { branchConfig, elsePort } from '#core/graph/control.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { describe } from '#core/logic/describe.ts'
import { tracing } from '#core/logic/evaluate-traced.ts'
import { parseLogic } from '#core/logic/parse.ts'

/** The first case whose condition is true is taken; null is unknown, and not met. */
export function compileBranch(config: Json, names: Names): NonNullable<CompiledNode['compute']> {
  const cases = branchConfig.parse(config).cases.map(({ id, when }) => {
    let words: string | undefined
    return {
      id,
      met: bindLogic(when, names),
      words: () => (words ??= describe(when)),
      missing: missingIn(when, names),
    }
  })
  return (context) => {
    const unknown: typeof cases = []
    for (const item of cases) {
      const met = item.met(context)
      if (met === true) return { port: item.id, value: { case: item.id, because: item.words() } }
      if (met === null) unknown.push(item)
    }
    const missing = new Set(unknown.flatMap((item) => item.missing(context)))
    const reason = missing.size > 0 ? `; unknown: ${[...missing].join(', ')} missing` : ''
    return { port: elsePort, value: { case: elsePort, because: `No case is met${reason}` } }
  }
}

/** Traced only when the answer was null: most branches never need it. */
function missingIn(logic: Logic, names: Names): (context: RunContext) => readonly string[] {
  const scope = bindScope(logic, names)
  let trace: ReturnType<typeof tracing> | undefined
  return (context) =>
    (trace ??= tracing(parseLogic(logic)))(scope(context), { at: context.at }).missing
}
