/** What stands on a page, in points from the top left; `y` of a text is its baseline. */
export type Mark =
  | {
      readonly kind: 'text'
      readonly x: number
      readonly y: number
      readonly text: string
      readonly size: number
      readonly bold: boolean
      readonly align: 'left' | 'right' | 'center'
      readonly color: string
    }
  | {
      readonly kind: 'box'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly fill: string
    }

/** One drawn page; the same sheet becomes an image or a page of a PDF. */
export interface Sheet {
  /** Points. */
  readonly width: number
  readonly height: number
  readonly background: string
  readonly marks: readonly Mark[]
}

export const a4 = { width: 595, height: 842 } as const
/** An ISO 7810 ID-1 card, 85.6 × 54 mm. */
export const card = { width: 242.6, height: 153 } as const

interface TextStyle {
  readonly size?: number
  readonly bold?: boolean
  readonly align?: 'left' | 'right' | 'center'
  readonly color?: string
}

/** @default size 9, regular, left aligned, near black */
export const text = (x: number, y: number, words: string, style: TextStyle = {}): Mark => ({
  kind: 'text',
  x,
  y,
  text: words,
  size: style.size ?? 9,
  bold: style.bold ?? false,
  align: style.align ?? 'left',
  color: style.color ?? '#1a1a1a',
})

export const box = (x: number, y: number, width: number, height: number, fill: string): Mark => ({
  kind: 'box',
  x,
  y,
  width,
  height,
  fill,
})
export const rule = (x: number, y: number, width: number): Mark => box(x, y, width, 0.6, '#777777')
