import { z } from 'zod'
import { joinConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowJoin = defineNode({
  type: 'flow.join',
  version: 1,
  title: 'Join',
  description: 'Waits for the branches of a fork: for all, for the first, or for a number of them.',
  area: 'flow',
  icon: 'arrows-join-2',
  summary: 'wait for {mode}',
  config: joinConfig,
  inputs: {},
  outputs: { out: z.object({ arrived: z.array(z.string()) }) },
}).control('join')
