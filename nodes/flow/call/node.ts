import { z } from 'zod'
import { anyJson, callConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

const at = z.object({ at: z.number() })

export const flowCall = defineNode({
  type: 'flow.call',
  version: 1,
  title: 'Call a flow',
  description: 'Runs another published flow and goes on with what it returns.',
  area: 'flow',
  icon: 'subtask',
  summary: '{flow}',
  config: callConfig,
  inputs: { input: anyJson.optional() },
  outputs: {
    out: anyJson.meta({ 'x-flow-output': 'flow' }),
    timeout: at,
    escalate: at,
    remind: z.null(),
  },
  portsWhen: { timeout: '/timeout', escalate: '/escalate', remind: '/remind' },
}).control('call')
