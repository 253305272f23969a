import type * as Image from '#engine/adapters/ocr/prepare-image.ts'
import type * as Pdf from '#engine/adapters/ocr/pdf-file.ts'
import type * as Model from '#engine/adapters/onnx/infer.ts'
import type * as Log from '#engine/adapters/sqlite/checkpoint.ts'

/** What the product does in workers. A library is loaded with the first task that needs it. */
export const tasks = {
  'pdf.pages': async (data: Parameters<typeof Pdf.pdfPages>[0]) =>
    (await import('#engine/adapters/ocr/pdf-file.ts')).pdfPages(data),
  'pdf.picture': async (data: Parameters<typeof Pdf.pdfPicture>[0]) =>
    (await import('#engine/adapters/ocr/pdf-file.ts')).pdfPicture(data),
  'image.prepare': async (data: Parameters<typeof Image.prepareImage>[0]) =>
    (await import('#engine/adapters/ocr/prepare-image.ts')).prepareImage(data),
  'model.infer': async (data: Parameters<typeof Model.infer>[0]) =>
    (await import('#engine/adapters/onnx/infer.ts')).infer(data),
  'log.checkpoint': async (data: Parameters<typeof Log.checkpoint>[0]) =>
    (await import('#engine/adapters/sqlite/checkpoint.ts')).checkpoint(data),
}

export type ProductTasks = typeof tasks
