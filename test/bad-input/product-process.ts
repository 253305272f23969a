import { openProduct } from './open-product.ts'

// A process to be killed: the whole product on the folder that it is given.
const product = await openProduct({ dataDir: process.argv[2] ?? '' })
process.send?.(product.url)
