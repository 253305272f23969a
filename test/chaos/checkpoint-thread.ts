import { checkpoint } from '#engine/adapters/sqlite/checkpoint.ts'
import { serveTasks } from '#engine/adapters/workers/serve-tasks.ts'

// The thread in which the process that the kill test kills makes its checkpoints.
export const checkpointTasks = { 'log.checkpoint': checkpoint }

serveTasks(checkpointTasks)
