import { z } from 'zod'
import { branchConfig, elsePort } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowBranch = defineNode({
  type: 'flow.branch',
  version: 1,
  title: 'Branch',
  description: 'Goes the way of the first case whose condition is met, else the way of “else”.',
  area: 'flow',
  icon: 'git-branch',
  config: branchConfig,
  inputs: {},
  outputs: {
    '*': z.object({
      /** The id of the case taken, or `else`. */
      case: z.string(),
      because: z.string(),
    }),
  },
  ports: { from: '/cases', plus: [elsePort] },
}).control('branch')
