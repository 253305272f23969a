import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowTry = defineNode({
  type: 'flow.try',
  version: 1,
  title: 'Try',
  description: 'Holds a group of steps; whatever fails among them leaves by one error port.',
  area: 'flow',
  icon: 'shield-check',
  config: z.object({}),
  inputs: {},
  outputs: {
    body: z.null().meta({ title: 'Try' }),
    out: anyJson.meta({ title: 'Done' }),
    error: z.object({
      error: z.object({ code: z.string(), message: z.string() }),
      /** The node inside that failed. */
      node: z.string(),
    }),
  },
  optionalPorts: ['body', 'error'],
}).control('try')
