import { serveTasks } from '#engine/adapters/workers/serve-tasks.ts'
import { tasks } from '#engine/adapters/workers/tasks.ts'

serveTasks(tasks)
