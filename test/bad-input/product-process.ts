import { pino } from 'pino'
import { openProduct } from './open-product.ts'

// A process to be killed: the whole product on the folder that it is given. It tells its address, then what it logs as errors.
const product = await openProduct({
  dataDir: process.argv[2] ?? '',
  log: pino({ level: 'error' }, { write: (line: string) => void process.send?.(line) }),
})
process.send?.(product.url)
