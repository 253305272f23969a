import { join } from 'node:path'
import { trainDocumentClass } from './document-class.ts'
import { trainPersonalLoanRisk } from './personal-loan-risk.ts'
import { writeModel, type Trained } from './write-model.ts'

/** Trains every shipped model anew: `npm run train`. The same source gives the same files. */
const trainers: readonly (() => Trained)[] = [trainPersonalLoanRisk, trainDocumentClass]

const shipped = join(import.meta.dirname, '../shipped')
for (const train of trainers) console.log(await writeModel(shipped, train()))
