import { anyJson, endConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const flowEnd = defineNode({
  type: 'flow.end',
  version: 1,
  title: 'End',
  description: 'Ends the run; its input “output” is what the run returns.',
  area: 'flow',
  icon: 'flag',
  summary: '{status}',
  config: endConfig,
  inputs: { output: anyJson.optional() },
  outputs: {},
}).control('end')
