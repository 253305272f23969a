import { z } from 'zod'
import { anyJson, messageConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

const at = z.object({ at: z.number() })

export const flowEvent = defineNode({
  type: 'flow.event',
  version: 1,
  title: 'Event',
  description: 'Waits for a message from outside that bears the right key.',
  area: 'flow',
  icon: 'mail-down',
  summary: '{message}',
  config: messageConfig,
  inputs: { key: z.union([z.string(), z.number()]) },
  outputs: { received: anyJson, timeout: at, escalate: at, remind: z.null() },
  schemas: { received: '/schema' },
  portsWhen: { timeout: '/timeout', escalate: '/escalate', remind: '/remind' },
}).control('message')
