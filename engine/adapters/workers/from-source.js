// Plain JavaScript: it lets a worker read TypeScript as it is, as the tests and tsx do. The build needs nothing of it.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
