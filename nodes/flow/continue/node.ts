import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowContinue = defineNode({
  type: 'flow.continue',
  version: 1,
  title: 'Begin anew',
  description: 'Ends this run and begins the same flow again with a new input.',
  area: 'flow',
  icon: 'rotate-clockwise',
  config: z.object({}),
  inputs: { input: anyJson.optional() },
  outputs: {},
}).control('continue')
