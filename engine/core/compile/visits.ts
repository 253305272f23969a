import { recall } from '#core/compile/memory.ts'
import type { CompiledNode, CompiledProgram, RunContext, Visits } from '#core/compile/program.ts'

const never: Visits = { epoch: 0 }
export const visitsOf = (context: RunContext, node: CompiledNode): Visits =>
  recall(context.memory, node.slot) ?? never

export const nodeOf = (program: CompiledProgram, id: string): CompiledNode => {
  const node = program.nodes.get(id)
  if (!node) throw new Error(`the machine names "${id}", which the program does not have`)
  return node
}
