import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowStart = defineNode({
  type: 'flow.start',
  version: 1,
  title: 'Start',
  description: 'Where every run begins; its value is the input of the run.',
  area: 'flow',
  icon: 'player-play',
  config: z.object({}),
  inputs: {},
  outputs: { out: anyJson },
}).control('start')
