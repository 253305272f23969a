import { z } from 'zod'
import { defineNode } from '#core/node/define-node.ts'
import { maskAadhaar } from '../extract/mask-aadhaar.ts'
import { blobRef } from './blob-ref.ts'
import { ocrOutput, unreadableOutput } from './ocr-output.ts'

export const documentOcr = defineNode({
  type: 'document.ocr',
  version: 1,
  title: 'Read document',
  description:
    'Reads the text of a picture or PDF, on this machine, with every word’s place on the page.',
  area: 'document',
  icon: 'scan',
  summary: 'at least {minConfidence} %',
  config: z.object({
    minConfidence: z.number().min(0).max(100).default(45).meta({
      title: 'Least confidence, %',
      description: 'Below it the document leaves by "unreadable"',
    }),
    minWords: z.int().min(0).default(5).meta({
      title: 'Fewest words',
      description: 'With fewer words that were surely read the document leaves by "unreadable"',
    }),
    language: z.enum(['eng']).default('eng').meta({ title: 'Language' }),
  }),
  inputs: {
    document: blobRef,
    password: z
      .string()
      .nullish()
      .meta({ description: 'Of a locked PDF', 'x-personal': true, 'x-secret': true }),
  },
  outputs: {
    read: ocrOutput,
    unreadable: unreadableOutput,
  },
}).effect(
  { uses: ['blobs', 'ocr'], timeout: '3m', retry: { attempts: 2, first: '1s' } },
  async ({ config, inputs, exit, use, signal }) => {
    const { document, password } = inputs
    const bytes = await use.blobs.get(document)
    const { ocr, masked } = maskAadhaar(
      await use.ocr.read(bytes, {
        type: document.type,
        language: config.language,
        signal,
        ...(password ? { password } : {}),
      }),
    )
    const words = ocr.pages.flatMap((page) => page.lines.flatMap((line) => line.words))
    const sure = words.filter((word) => word.confidence >= 60 && /[A-Za-z0-9]{2}/.test(word.text))
    const about = { text: ocr.text, confidence: ocr.confidence, words: sure.length }
    if (words.length === 0)
      return exit.unreadable({
        ...about,
        reason: 'no-text',
        advice: 'No text was found on the document. Please send a picture of the right side.',
      })
    if (ocr.confidence < config.minConfidence || sure.length < config.minWords)
      return exit.unreadable({
        ...about,
        reason: 'blurred',
        advice: 'The document is too blurred to read. Please send a sharper picture.',
      })
    return exit.read({
      source: ocr.source,
      text: ocr.text,
      confidence: ocr.confidence,
      pages: ocr.pages.map((page) => ({
        ...page,
        lines: page.lines.map((line) => ({
          text: line.text,
          words: line.words.map(({ text, confidence, box }) => ({
            text,
            confidence,
            box: [box[0], box[1], box[2], box[3]] as [number, number, number, number],
          })),
        })),
      })),
      masked: masked.map((number) => ({
        ...number,
        box: [number.box[0], number.box[1], number.box[2], number.box[3]] as [
          number,
          number,
          number,
          number,
        ],
      })),
    })
  },
)
