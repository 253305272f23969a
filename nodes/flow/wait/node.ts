import { z } from 'zod'
import { timerConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

const at = z.object({ at: z.number() })

export const flowWait = defineNode({
  type: 'flow.wait',
  version: 1,
  title: 'Wait',
  description: 'Lets time pass: a length, until a moment, or business days on a calendar.',
  area: 'flow',
  icon: 'clock-pause',
  config: timerConfig,
  inputs: { until: z.union([z.string(), z.number()]).optional() },
  outputs: { out: at, escalate: at, remind: z.null() },
  portsWhen: { escalate: '/escalate', remind: '/remind' },
}).control('timer')
