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
import { openSession, type OnnxSession } from './session.ts'

type Wanted = { readonly name: string; readonly version?: string }

async function scoreWith(
  { info }: ModelEntry,
  card: Scorecard,
  session: OnnxSession,
  features: JsonObject,
): Promise<ModelScore> {
  const row = Float32Array.from(encodeFeatures(card.features, features, info.name))
  const { points = [], score = [], probability = [] } = await session.run('features', row)
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
  session: OnnxSession,
  text: string,
): Promise<ModelClass> {
  const row = new Float32Array(card.buckets)
  const terms = termWeights(text, card.buckets)
  for (const [bucket, weight] of terms) row[bucket] = weight
  const { probabilities = [] } = await session.run('terms', row)
  return { model: info, ...pickLabel(card, [...probabilities], terms.size === 0) }
}

export interface RegistryModels extends ModelService {
  /** The same models, where a name without a version takes the one that a release pins. */
  for(pinned: Readonly<Record<string, string>>): ModelService
}

/** Models of a registry, run by ONNX Runtime. Sessions open at first use and stay open. */
export function createModelService(registry: ModelRegistry): RegistryModels {
  const sessions = new Map<ModelEntry, Promise<OnnxSession>>()
  const sessionOf = (entry: ModelEntry): Promise<OnnxSession> => {
    const open = sessions.get(entry)
    if (open !== undefined) return open
    const opening = Promise.resolve().then(() => openSession(entry.bytes()))
    sessions.set(entry, opening)
    // A file that failed to load may have been mended by the next attempt.
    opening.catch(() => sessions.delete(entry))
    return opening
  }
  const wrongKind = ({ info, card }: ModelEntry, expected: ModelEntry['card']['kind']) =>
    new TerminalError('MODEL_KIND_WRONG', { model: info.name, kind: card.kind, expected })

  const pinnedTo = (pinned: Readonly<Record<string, string>>): ModelService => {
    const resolve = ({ name, version }: Wanted): ModelEntry =>
      registry.resolve(name, version ?? (Object.hasOwn(pinned, name) ? pinned[name] : undefined))
    return {
      async score(model, features) {
        const entry = resolve(model)
        if (entry.card.kind !== 'scorecard') throw wrongKind(entry, 'scorecard')
        return scoreWith(entry, entry.card.scorecard, await sessionOf(entry), features)
      },
      async classify(model, text) {
        const entry = resolve(model)
        if (entry.card.kind !== 'text-classifier') throw wrongKind(entry, 'text-classifier')
        return classifyWith(entry, entry.card.classifier, await sessionOf(entry), text)
      },
    }
  }
  return { ...pinnedTo({}), for: pinnedTo }
}
