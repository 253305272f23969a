import { z } from 'zod'
import { forkConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowFork = defineNode({
  type: 'flow.fork',
  version: 1,
  title: 'Fork',
  description: 'Starts several branches that run at the same time until they meet in a join.',
  area: 'flow',
  icon: 'arrows-split-2',
  config: forkConfig,
  inputs: {},
  outputs: { '*': z.object({ branches: z.array(z.string()) }) },
  ports: { from: '/branches' },
}).control('fork')
