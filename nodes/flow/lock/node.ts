import { z } from 'zod'
import { anyJson, lockConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

const at = z.object({ at: z.number() })

export const flowLock = defineNode({
  type: 'flow.lock',
  version: 1,
  title: 'Lock',
  description: 'Lets only one at a time do the steps inside; the others wait for their turn.',
  area: 'flow',
  icon: 'lock',
  summary: '{lock}',
  config: lockConfig,
  inputs: { key: z.union([z.string(), z.number()]).optional() },
  outputs: {
    out: anyJson.meta({ title: 'Done', 'x-body-output': true }),
    timeout: at,
    escalate: at,
    remind: z.null(),
    body: z.null().meta({ title: 'Alone' }),
  },
  portsWhen: { timeout: '/timeout', escalate: '/escalate', remind: '/remind' },
}).control('lock')
