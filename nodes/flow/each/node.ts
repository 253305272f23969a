import { z } from 'zod'
import { anyJson, eachConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowEach = defineNode({
  type: 'flow.each',
  version: 1,
  title: 'For each',
  description: 'Runs the steps inside once for every item of a list, and gathers their results.',
  area: 'flow',
  icon: 'repeat',
  summary: '{mode}',
  config: eachConfig,
  inputs: { items: z.array(anyJson), key: z.union([z.string(), z.number()]).optional() },
  outputs: {
    out: z
      .object({
        /** One for each item, in the list's order: what the End inside gave, null where the item failed or has not ended. */
        results: z.array(anyJson),
        /** The items that failed, in order; empty unless failures are collected or tolerated. */
        failed: z.array(
          z.object({
            index: z.int(),
            error: z.looseObject({ code: z.string(), message: z.string() }),
          }),
        ),
      })
      .meta({ title: 'All done', 'x-results': true }),
    escalate: z.object({ at: z.number() }),
    remind: z.null(),
    item: z.object({ item: anyJson, index: z.int() }).meta({ title: 'Each item', 'x-item': true }),
  },
  portsWhen: { escalate: '/escalate', remind: '/remind' },
}).control('each')
