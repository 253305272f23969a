import type { TextClassifierCard } from '../card.ts'
import { classifierOnnx } from '../onnx/classifier-graph.ts'
import type { Bytes } from '../onnx/protobuf.ts'
import { classifyText, type TextClassifier } from '../text/classifier.ts'
import { calibration, calibrationError } from './metrics.ts'
import { createRandom } from './random.ts'
import { fitTextClassifier, type TextExample } from './softmax-regression.ts'
import { fitTemperature, withTemperature } from './temperature.ts'
import { documentLabels, generateStrangers, generateTexts } from './texts/document-texts.ts'

const about = { name: 'document-class', version: '1.0.0' } as const
const seed = 20_260_102
const buckets = 4096
const rejectLabel = 'other'
/** Of the texts that are accepted at most one in a hundred may be wrong, on the calibration texts. */
const wantedAccuracy = 0.99

interface Judged {
  readonly truth: number
  readonly answer: number
  readonly confidence: number
}

const round = (value: number): number => Number(value.toFixed(4))
const shareOf = <T>(items: readonly T[], test: (item: T) => boolean): number =>
  items.length === 0 ? 0 : round(items.filter(test).length / items.length)
const right = ({ truth, answer }: Judged): boolean => truth === answer

function judge(model: TextClassifier, { text, label }: TextExample): Judged {
  const probabilities = classifyText(model, text)
  const confidence = Math.max(...probabilities)
  return { truth: label, answer: probabilities.indexOf(confidence), confidence }
}

/** The least threshold, in hundredths, above which the wanted share is right. */
function rejectThreshold(judged: readonly Judged[]): number {
  for (let hundredths = 30; hundredths < 95; hundredths++) {
    const accepted = judged.filter(({ confidence }) => confidence >= hundredths / 100)
    if (shareOf(accepted, right) >= wantedAccuracy) return hundredths / 100
  }
  return 0.95
}

function measure(
  model: TextClassifier,
  holdout: readonly TextExample[],
  strange: readonly string[],
  rejectBelow: number,
): TextClassifierCard['metrics'] {
  const judged = holdout.map((example) => judge(model, example))
  const other = documentLabels.indexOf(rejectLabel)
  const accepted = judged.filter(({ confidence }) => confidence >= rejectBelow)
  const bands = calibration(
    judged.map(right),
    judged.map(({ confidence }) => confidence),
  )
  const judgedStrange = strange.map((text) => judge(model, { text, label: other }))
  return {
    accuracy: shareOf(judged, right),
    rejected: shareOf(judged, ({ confidence }) => confidence < rejectBelow),
    accuracyOfAccepted: shareOf(accepted, right),
    strangersToOther: shareOf(judgedStrange, (one) => right(one) || one.confidence < rejectBelow),
    calibrationError: round(calibrationError(bands)),
    confusion: documentLabels.map((_, truth) =>
      documentLabels.map(
        (__, answer) => judged.filter((one) => one.truth === truth && one.answer === answer).length,
      ),
    ),
  }
}

/** Trains the classifier of documents on synthetic texts. @param texts how many, of which 60 % train, 20 % calibrate, 20 % measure */
export function trainDocumentClass(texts = 7_500): {
  model: Bytes
  card: Omit<TextClassifierCard, 'hash'>
  plain: TextClassifier
} {
  const random = createRandom(seed)
  const examples = generateTexts(texts, random).map(({ text, label }) => ({
    text,
    label: documentLabels.indexOf(label),
  }))
  const training = examples.slice(0, texts * 0.6)
  const calibrating = examples.slice(texts * 0.6, texts * 0.8)
  const holdout = examples.slice(texts * 0.8)
  const fitted = fitTextClassifier(
    training,
    { labels: documentLabels.length, buckets, epochs: 12, rate: 0.3, decay: 1e-4 },
    random,
  )
  const temperature = fitTemperature(fitted, calibrating)
  const plain = withTemperature(fitted, temperature)
  const rejectBelow = rejectThreshold(calibrating.map((example) => judge(plain, example)))
  return {
    plain,
    model: classifierOnnx(plain, about),
    card: {
      format: 1,
      kind: 'text-classifier',
      ...about,
      title: 'Document class',
      purpose: 'What a document is, from the text that was read in it.',
      date: '2026-01-15',
      data: {
        synthetic: true,
        statement:
          'Trained on synthetic texts with imitated reading errors; no text is of a real document. Measure it on your own documents before you rely on it.',
        generator: 'models/train/texts/document-texts.ts',
        seed,
        trainingRows: training.length,
        holdoutRows: holdout.length,
      },
      limits: [
        'English and a little Hindi on the usual Indian layouts; other languages end as other.',
        'Its figures hold for the generator. Two statement texts from elsewhere are classed right, but the generator’s rows were widened after one of them had been rejected: that is no independent proof.',
        'It reads words, never the picture: it cannot tell a copy or a forgery from an original.',
      ],
      classifier: {
        labels: [...documentLabels],
        rejectLabel,
        buckets,
        temperature,
        rejectBelow,
      },
      metrics: measure(plain, holdout, generateStrangers(600, random), rejectBelow),
    },
  }
}
