import type { Page } from 'tesseract.js'
import type { OcrPage, OcrWord } from '#core/node/services.ts'
import { meanConfidence } from '#engine/adapters/ocr/mean-confidence.ts'

/** Degrees clockwise by which the picture was turned to stand upright. */
export type Turn = 0 | 90 | 180 | 270

/** Tesseract's blocks as lines of words, boxes in pixels of the upright page. */
export function pageFromTesseract(
  page: Page,
  image: { width: number; height: number; scale: number; turn: Turn },
): OcrPage {
  const lines = (page.blocks ?? [])
    .flatMap((block) => block.paragraphs)
    .flatMap((paragraph) => paragraph.lines)
    .map((line) =>
      line.words
        .filter((word) => word.text.trim() !== '')
        .map(({ text, confidence, bbox }): OcrWord => {
          const at = (value: number): number => Math.round(value / image.scale)
          return {
            text,
            confidence: Math.round(confidence),
            box: [at(bbox.x0), at(bbox.y0), at(bbox.x1), at(bbox.y1)],
          }
        }),
    )
    .filter((words) => words.length > 0)
    .map((words) => ({ text: words.map((word) => word.text).join(' '), words }))
  return {
    width: image.width,
    height: image.height,
    text: lines.map((line) => line.text).join('\n'),
    confidence: meanConfidence(lines.flatMap((line) => line.words)),
    lines,
    ...(image.turn === 0 ? {} : { turned: image.turn }),
  }
}
