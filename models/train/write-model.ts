import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { modelCard, type ModelCard } from '../card.ts'
import type { Bytes } from '../onnx/protobuf.ts'

type WithoutHash<C> = C extends unknown ? Omit<C, 'hash'> : never
export interface Trained {
  readonly model: Bytes
  readonly card: WithoutHash<ModelCard>
}

const hashOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** Writes `<dir>/<name>/<version>/{model.onnx, card.json}` and returns the folder. */
export async function writeModel(dir: string, { model, card }: Trained): Promise<string> {
  const whole = modelCard.parse({ ...card, hash: hashOf(model) })
  const folder = join(dir, whole.name, whole.version)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.onnx'), model)
  writeFileSync(
    join(folder, 'card.json'),
    await format(JSON.stringify(whole), { parser: 'json', printWidth: 100 }),
  )
  return folder
}
