import { z } from 'zod'
import { anyJson, taskConfig } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'

export const humanTask = defineNode({
  type: 'human.task',
  version: 1,
  title: 'Task',
  description: 'Waits for a person, who fills a form and chooses an outcome.',
  area: 'people',
  icon: 'user-check',
  summary: '{title}, {role}',
  config: taskConfig,
  inputs: { data: anyJson.optional() },
  outputs: { escalate: z.object({ at: z.number() }), remind: z.null() },
  portsWhen: { escalate: '/escalate', remind: '/remind' },
  ports: { from: '/outcomes', schemaFrom: '/form' },
}).control('task')
