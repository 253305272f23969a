import { z } from 'zod'
import { timerConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowWait = defineNode({
  type: 'flow.wait',
  version: 1,
  title: 'Wait',
  description: 'Lets a length of time pass before the flow goes on.',
  area: 'flow',
  icon: 'clock-pause',
  summary: '{duration}',
  config: timerConfig,
  inputs: {},
  outputs: { out: z.object({ at: z.number() }) },
}).control('timer')
