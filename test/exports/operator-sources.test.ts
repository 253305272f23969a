import { join } from 'node:path'
import { expect, it } from 'vitest'
import { operatorSourceFile } from './operator-sources.ts'

const file = join(import.meta.dirname, '../../engine/core/decision/exchange/operator-sources.ts')

it('[R810] what an exported module holds of operators is what the engine itself runs', async () => {
  const written = await operatorSourceFile([
    { path: 'engine/core/logic/path.ts', name: 'read' },
    { path: 'engine/core/logic/compare.ts', name: 'same' },
    { path: 'engine/core/logic/evaluation.ts', name: 'Env' },
    { path: 'engine/core/logic/operators/operator.ts', name: 'OperatorForm' },
    { path: 'engine/core/logic/coerce.ts', name: 'toJson' },
    { path: 'engine/core/logic/imported.ts', name: 'Call' },
    { path: 'engine/core/logic/imported.ts', name: 'Form' },
  ])
  await expect(written).toMatchFileSnapshot(file)
})
