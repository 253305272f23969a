import { TerminalError } from '#core/errors.ts'
import type { JsonObject } from '#core/json.ts'
import type { ModelClass, ModelScore, ModelService } from '#core/node/services.ts'
import type { ModelEntry, ModelRegistry } from '#models/registry.ts'
import { encodeFeatures } from '#models/scorecard/encode.ts'
import { factorsOf } from '#models/scorecard/factors.ts'
import { categoryOf } from '#models/scorecard/score.ts'
import type { Scorecard } from '#models/scorecard/scorecard.ts'
import { pickLabel, type ClassifierCard } from '#models/text/classifier.ts'
import { termWeights } from '#models/text/vector.ts'
import { createProductWorkers } from '#engine/adapters/workers/worker-pool.ts'

/** Runs one row through a model. @returns every output by name */
type RunRow = (input: string, row: Float32Array) => Promise<Readonly<Record<string, Float32Array>>>

type Wanted = { readonly name: string; readonly version?: string }

async function scoreWith(
  { info }: ModelEntry,
  card: Scorecard,
  run: RunRow,
  features: JsonObject,
): Promise<ModelScore> {
  const row = Float32Array.from(encodeFeatures(card.features, features, info.name))
  const { points = [], score = [], probability = [] } = await run('features', row)
  const total = score[0] as number
  return {
    model: info,
    score: total,
    probability: probability[0] as number,
    category: categoryOf(card, total),
    factors: factorsOf(card.features, features, [...points]),
  }
}

async function classifyWith(
  { info }: ModelEntry,
  card: ClassifierCard,
  run: RunRow,
  text: string,
): Promise<ModelClass> {
  const row = new Float32Array(card.buckets)
  const terms = termWeights(text, card.buckets)
  for (const [bucket, weight] of terms) row[bucket] = weight
  const { probabilities = [] } = await run('terms', row)
  return { model: info, ...pickLabel(card, [...probabilities], terms.size === 0) }
}

export interface RegistryModels extends ModelService {
  /** The same models, where a name without a version takes the one that a release pins. */
  for(pinned: Readonly<Record<string, string>>): ModelService
  close(): Promise<void>
}

/** Models of a registry, run by ONNX Runtime in a thread of its own, which starts at first use. */
export function createModelService(registry: ModelRegistry): RegistryModels {
  // One thread: the models are small, and another would only load the runtime twice.
  const workers = createProductWorkers({ size: 1 })
  const files = new Map<ModelEntry, Uint8Array>()
  const fileOf = (entry: ModelEntry): Uint8Array => {
    const known = files.get(entry)
    if (known !== undefined) return known
    const bytes = entry.bytes()
    // Shared with the worker, so that sending it along with each row costs nothing.
    const file = new Uint8Array(new SharedArrayBuffer(bytes.length))
    file.set(bytes)
    files.set(entry, file)
    return file
  }
  const runOf =
    (entry: ModelEntry): RunRow =>
    (input, row) =>
      workers.run('model.infer', { hash: entry.info.hash, file: fileOf(entry), input, row })
  const wrongKind = ({ info, card }: ModelEntry, expected: ModelEntry['card']['kind']) =>
    new TerminalError('MODEL_KIND_WRONG', { model: info.name, kind: card.kind, expected })

  const pinnedTo = (pinned: Readonly<Record<string, string>>): ModelService => {
    const resolve = ({ name, version }: Wanted): ModelEntry =>
      registry.resolve(name, version ?? (Object.hasOwn(pinned, name) ? pinned[name] : undefined))
    return {
      async score(model, features) {
        const entry = resolve(model)
        if (entry.card.kind !== 'scorecard') throw wrongKind(entry, 'scorecard')
        return scoreWith(entry, entry.card.scorecard, runOf(entry), features)
      },
      async classify(model, text) {
        const entry = resolve(model)
        if (entry.card.kind !== 'text-classifier') throw wrongKind(entry, 'text-classifier')
        return classifyWith(entry, entry.card.classifier, runOf(entry), text)
      },
    }
  }
  return { ...pinnedTo({}), for: pinnedTo, close: () => workers.close() }
}
