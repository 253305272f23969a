import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const dataMap = defineNode({
  type: 'data.map',
  version: 1,
  title: 'Map',
  description: 'Builds a new object: one field for each input, computed by its expression.',
  area: 'data',
  icon: 'arrows-shuffle',
  config: z.object({}),
  inputs: {},
  openInputs: true,
  outputs: { out: z.record(z.string(), anyJson).meta({ 'x-inputs': true }) },
}).pure(({ inputs, exit }) => exit.out(inputs))
