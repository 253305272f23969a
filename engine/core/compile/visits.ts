import { recall, remember } from '#core/compile/memory.ts'
import type { CompiledNode, CompiledProgram, RunContext, Visits } from '#core/compile/program.ts'

const never: Visits = { epoch: 0 }
export const visitsOf = (context: RunContext, node: CompiledNode): Visits =>
  recall(context.memory, node.slot) ?? never

export const remembering = (
  context: RunContext,
  node: CompiledNode,
  visits: Visits,
): RunContext => ({
  ...context,
  memory: remember(context.memory, node.slot, visits),
})

export const nodeOf = (program: CompiledProgram, id: string): CompiledNode => {
  const node = program.nodes.get(id)
  if (!node) throw new Error(`the machine names "${id}", which the program does not have`)
  return node
}
